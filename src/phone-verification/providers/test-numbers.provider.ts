import { CHANNELS } from '../../common/channel.js';
import type { SendResult } from '../../messaging/vendors/sms-sender.js';
import type { Clock } from '../../common/clock.js';
import { isTestNumber, type TestNumbers } from '../../config/test-numbers.js';
import { isSameInConstantTime } from '../../common/constant-time.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
} from './verification-provider.js';

/**
 * Serves the numbers of TEST_NUMBERS: nothing is sent, and each has the code the operator gave it.
 */
export class TestNumbersProvider extends VerificationProvider {
  readonly name = 'test';
  readonly codeBelongsTo = 'challenge';
  readonly channels = CHANNELS;

  constructor(
    private readonly numbers: TestNumbers,
    private readonly clock: Clock,
  ) {
    super();
  }

  serves(phoneNumber: string): boolean {
    return isTestNumber(this.numbers, phoneNumber, this.clock.now());
  }

  /**
   * A number whose time is over is for the providers of its route, also where a test held its code.
   */
  start({ phoneNumber }: Sending): Promise<SendResult> {
    return Promise.resolve({ outcome: this.serves(phoneNumber) ? 'sent' : 'unavailable' });
  }

  /** A number whose time is over has no code any more. */
  check({ phoneNumber }: ProviderChallenge, code: string): Promise<CheckResult> {
    const right = this.serves(phoneNumber) ? this.numbers.codes.get(phoneNumber) : undefined;
    if (right === undefined) return Promise.resolve({ outcome: 'gone' });
    return Promise.resolve({ outcome: isSameInConstantTime(right, code) ? 'right' : 'wrong' });
  }
}
