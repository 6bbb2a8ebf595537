import { Logger } from '@nestjs/common';
import type { AccountEvents } from '../../common/account-events.js';
import { LOCAL_CLIENT } from '../../common/net/client-info.js';
import type { Clock } from '../../common/clock.js';
import type { KeyRing } from '../../config/keys/key-ring.js';
import type { Settings } from '../../config/settings.js';
import { routeFor, type ProviderName } from '../../config/verification-routes.js';
import type { InboxSender } from '../../messaging/vendors/inbox/inbox.sender.js';
import { NoSender } from '../../messaging/vendors/no.sender.js';
import { senderOf } from '../../messaging/vendors/sender-of.js';
import type { VerificationProvider } from './verification-provider.js';
import { VerificationProviders } from './verification-providers.js';
import { SelfProvider } from './self.provider.js';
import { TestNumbersProvider } from './test-numbers.provider.js';

/**
 * Every provider whose account is given, on the routes of VERIFICATION_PROVIDER. Whatever these
 * are, codes made here can be checked: they may have gone out under other settings. What only an
 * operator can mend goes to the log and to the numbers.
 */
export async function providersOf(
  settings: Settings,
  keys: KeyRing,
  clock: Clock,
  inbox: InboxSender,
  events: AccountEvents,
): Promise<VerificationProviders> {
  const { gateways, routes, channels, publicUrl, messageTemplates } = settings;
  const logger = new Logger('VerificationProvider');
  const build = async (name: ProviderName): Promise<VerificationProvider> => {
    const log = (sentence: string) => {
      logger.error(sentence);
      events.emit({
        name: 'provider.alarm-raised',
        userId: null,
        client: LOCAL_CLIENT,
        details: { provider: name },
      });
    };
    switch (name) {
      case 'authy': {
        const { AuthyProvider } = await import('./authy.provider.js');
        return new AuthyProvider({ key: gateways.AUTHY_KEY ?? '', url: gateways.AUTHY_URL, log });
      }
      case 'twilio-verify': {
        const { TwilioVerifyProvider } = await import('./twilio-verify.provider.js');
        return new TwilioVerifyProvider({
          accountSid: gateways.TWILIO_ACCOUNT_SID ?? '',
          authToken: gateways.TWILIO_AUTH_TOKEN ?? '',
          serviceSid: gateways.TWILIO_VERIFY_SERVICE_SID ?? '',
          url: gateways.TWILIO_VERIFY_URL,
          clock,
          log,
        });
      }
      default: {
        const sender =
          name === 'self:inbox' ? inbox : await senderOf(name, gateways, { clock, log });
        return new SelfProvider({ keys, sender, publicUrl, templates: messageTemplates });
      }
    }
  };
  const checking = new SelfProvider({ keys, sender: new NoSender(), publicUrl });
  const providers = [...(await Promise.all(settings.providers.map(build))), checking];
  const testing = new TestNumbersProvider(settings.testNumbers, clock);
  return new VerificationProviders(
    providers,
    (country) => routeFor(routes, country),
    clock,
    testing,
    channels,
  );
}
