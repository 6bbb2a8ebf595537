import { Injectable } from '@nestjs/common';
import type { SendResult } from '../messaging/vendors/sms-sender.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { Clock } from '../common/clock.js';
import { newReference } from '../common/token.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { Budgets } from '../rate-limit/budgets.js';
import type { Challenge } from './challenge.entity.js';
import { CodeDispatch } from './code-dispatch.service.js';
import { newChallenge } from './new-challenge.js';
import { SendClaims } from '../messaging/limits/send-claims.js';
import { VerificationProviders } from './providers/verification-providers.js';

/**
 * What became of a test message. `provider` gave the result; those in `passedOver` were asked first
 * and surely sent nothing.
 */
export type TestMessageResult =
  | { outcome: 'over_budget'; until: Date }
  | { outcome: 'asked'; provider: string; passedOver: readonly string[]; result: SendResult };

/** Under this id all test messages share the budgets of an account and a session. */
const NOBODY = 0;

/**
 * A code that an operator sends to a phone, on the way that a log-in's would go, and that nothing
 * can be proven with.
 */
@Injectable()
export class TestMessages {
  constructor(
    private readonly dispatch: CodeDispatch,
    private readonly providers: VerificationProviders,
    private readonly budgets: Budgets,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly sends: SendClaims,
  ) {}

  /**
   * Sends a text to an E.164 number. Counted like any message, unless it surely was not sent.
   * Throws `busy`.
   */
  async send(phoneNumber: string): Promise<TestMessageResult> {
    const challenge = this.challengeOf(phoneNumber);
    const { address, locale } = LOCAL_CLIENT;
    const asked = { isConfirmed: false, deviceId: null, isVouched: false, address };
    const claims = this.sends.of({ challenge, channel: challenge.channel, ...asked });
    const { refusal } = await this.budgets.take(claims);
    if (refusal) return { outcome: 'over_budget', until: refusal.until };

    const { channel } = challenge;
    const candidates = this.dispatch.candidatesFor(challenge, channel);
    const sending = { challenge, candidates, channel, locale, reference: newReference() };
    const { result, provider } = await this.dispatch.send(sending);
    if (result.outcome !== 'sent' && result.outcome !== 'unknown')
      await this.budgets.giveBack(claims);
    const names = candidates.map((candidate) => candidate.provider.name);
    return {
      outcome: 'asked',
      provider: provider.name,
      passedOver: names.slice(0, names.indexOf(provider.name)),
      result,
    };
  }

  // Never stored, so no code that is typed in anywhere is compared with it.
  private challengeOf(phoneNumber: string): Challenge {
    const provider = this.providers.firstHolder(phoneNumber);
    const asked = { userId: NOBODY, sessionId: NOBODY, phoneNumber, provider };
    const now = this.clock.now();
    return newChallenge({ ...asked, purpose: 'login', channel: 'sms' }, this.keys, now);
  }
}
