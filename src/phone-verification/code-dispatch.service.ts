import { Injectable } from '@nestjs/common';
import { Clock, secondsUntil } from '../common/clock.js';
import type { Locale } from '../common/locale.js';
import type { Challenge, Channel } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import type { StartResult, VerificationProvider } from './verification-provider.js';
import { VerificationProviders, type Candidate } from './verification-providers.js';

export interface Dispatch {
  challenge: Challenge;
  candidates: readonly Candidate[];
  channel: Channel;
  locale: Locale;
  /** Our name for the message. */
  reference: string;
}

/** What came of it, and whose word that is. */
export interface Dispatched {
  result: StartResult;
  provider: VerificationProvider;
}

/** Outcomes after which the next one may be asked. */
export const NOTHING_SENT: ReadonlySet<StartResult['outcome']> = new Set(['unavailable', 'throttled']);

/** Hands a code to the first provider that takes it. */
@Injectable()
export class CodeDispatch {
  constructor(
    private readonly challenges: ChallengesRepository,
    private readonly providers: VerificationProviders,
    private readonly clock: Clock,
  ) {}

  /** Providers that can bring this challenge's code over this channel, in the order they are asked. */
  candidatesFor(challenge: Challenge, channel: Channel): Candidate[] {
    const candidates = this.providers.candidatesFor(challenge, challenge.sentCount > 0);
    return candidates.filter(({ provider }) => provider.channels.includes(channel));
  }

  /**
   * Asks one after the other while it is certain that nothing was sent. A number that one refuses is refused, and where a message
   * may be on its way no second one follows it. When all are left alone for being ill, the first is asked all the same.
   */
  async send(dispatch: Dispatch): Promise<Dispatched> {
    let last: Dispatched | undefined;
    for (const { provider, breaker } of dispatch.candidates) {
      if (await this.isDecoy(dispatch.challenge, provider)) return { result: { outcome: 'sent' }, provider };
      const result = await breaker.run(() => this.ask(provider, dispatch));
      if (result === null) continue;
      last = { result, provider };
      if (!NOTHING_SENT.has(result.outcome)) return last;
    }
    const [first] = dispatch.candidates;
    if (!first) throw new Error('Nobody to send by.');
    return last ?? { result: await this.ask(first.provider, dispatch), provider: first.provider };
  }

  private ask(provider: VerificationProvider, { challenge, channel, locale, reference }: Dispatch): Promise<StartResult> {
    const ttl = secondsUntil(challenge.expiresAt, this.clock.now());
    return provider.start({ ...challenge, channel, locale, ttl, messageReference: reference });
  }

  /**
   * With a code that belongs to a number, a stranger's registration must not disturb the owner's proof: it looks as usual and
   * does nothing.
   */
  async isDecoy({ phoneNumber, purpose }: Challenge, { codeBelongsTo, holder }: VerificationProvider): Promise<boolean> {
    if (codeBelongsTo !== 'number' || purpose !== 'register') return false;
    return this.challenges.hasOwnersProof(phoneNumber, holder, this.clock.now());
  }
}
