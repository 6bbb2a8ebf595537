import { Logger } from '@nestjs/common';
import type { KeyRing } from '../../config/key-ring.js';
import type { Settings } from '../../config/settings.js';
import type { SmsSender } from '../sms/sms-sender.js';
import type { VerificationProvider } from '../verification-provider.js';
import { AuthyProvider } from './authy.provider.js';
import { SelfProvider } from './self.provider.js';

/** The provider that VERIFICATION_PROVIDER names. */
export function providerOf(settings: Settings, keys: KeyRing, sender: SmsSender): VerificationProvider {
  const log = new Logger('VerificationProvider');
  switch (settings.verificationProvider) {
    case 'authy':
      return new AuthyProvider({ ...settings.authy, log: (sentence) => log.error(sentence) });
    case 'self':
      return new SelfProvider(keys, sender, new URL(settings.publicUrl).host);
  }
}
