import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
} from '../../src/phone-verification/providers/verification-provider.js';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';

export const RIGHT_CODE = '123456';

/**
 * A provider whose every answer the test sets. Until then it sends, and compares with RIGHT_CODE.
 */
export class ScriptedProvider extends VerificationProvider {
  readonly name: string = 'scripted';
  readonly channels = ['sms', 'call'] as const;
  onStart: SendResult = { outcome: 'sent' };
  onCheck: CheckResult['outcome'] | 'compare' = 'compare';
  readonly started: Sending[] = [];
  readonly checked: ProviderChallenge[] = [];

  constructor(readonly codeBelongsTo: 'challenge' | 'number' = 'challenge') {
    super();
  }

  recover(): void {
    this.onStart = { outcome: 'sent' };
    this.onCheck = 'compare';
  }

  start(challenge: Sending): Promise<SendResult> {
    this.started.push({ ...challenge });
    return Promise.resolve(this.onStart);
  }

  check(challenge: ProviderChallenge, code: string): Promise<CheckResult> {
    this.checked.push({ ...challenge });
    if (this.onCheck !== 'compare') return Promise.resolve({ outcome: this.onCheck });
    return Promise.resolve({ outcome: code === RIGHT_CODE ? 'right' : 'wrong' });
  }
}
