import { Injectable, Logger } from '@nestjs/common';
import { NOTHING_SENT, type SendResult } from '../messaging/vendors/sms-sender.js';
import { Clock, secondsUntil } from '../common/clock.js';
import { describeError } from '../common/errors/error-description.js';
import type { Locale } from '../common/locale.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Challenge, Channel } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { SentMessagesRepository } from '../messaging/sent-messages.repository.js';
import type { VerificationProvider } from './providers/verification-provider.js';
import { VerificationProviders, type Candidate } from './providers/verification-providers.js';

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
  result: SendResult;
  provider: VerificationProvider;
}

/** Hands a code to the first provider that takes it. */
@Injectable()
export class CodeDispatch {
  private readonly log = new Logger(CodeDispatch.name);

  constructor(
    private readonly unit: UnitOfWork,
    private readonly challenges: ChallengesRepository,
    private readonly messages: SentMessagesRepository,
    private readonly providers: VerificationProviders,
    private readonly clock: Clock,
  ) {}

  /**
   * Providers that can bring this challenge's code over this channel, in the order they are asked.
   */
  candidatesFor(challenge: Challenge, channel: Channel): Candidate[] {
    const candidates = this.providers.candidatesFor(challenge, challenge.sentCount > 0);
    return candidates.filter((candidate) => this.providers.canBring(candidate, channel));
  }

  /**
   * Asks one after the other while it is certain that nothing was sent. A number that one refuses
   * is refused, and where a message may be on its way no second one follows it. When all are left
   * alone for being ill, the first is asked all the same.
   */
  async send(dispatch: Dispatch): Promise<Dispatched> {
    const [first] = dispatch.candidates;
    if (!first) throw new Error('Nobody to send by.');
    const ask = this.asking(dispatch, first.provider);
    let last: Dispatched | undefined;
    for (const { provider, breaker } of dispatch.candidates) {
      if (await this.isDecoy(dispatch.challenge, provider))
        return { result: { outcome: 'sent' }, provider };
      const result = await breaker.run(() => ask(provider));
      if (result === null) continue;
      last = { result, provider };
      if (!NOTHING_SENT.has(result.outcome)) return last;
    }
    return last ?? { result: await ask(first.provider), provider: first.provider };
  }

  // A receipt may be faster than the answer to the request: whom the message was opened for,
  // `carrier`, is known to its row.
  private asking(
    dispatch: Dispatch,
    carrier: VerificationProvider,
  ): (provider: VerificationProvider) => Promise<SendResult> {
    const { challenge, channel, locale, reference } = dispatch;
    let noted = carrier;
    return async (provider) => {
      if (provider !== noted) await this.noteCarrier(reference, provider);
      noted = provider;
      const ttl = secondsUntil(challenge.expiresAt, this.clock.now());
      return provider.start({ ...challenge, channel, locale, ttl, messageReference: reference });
    };
  }

  // What cannot be noted may cost a receipt that is too fast; it must not cost the code.
  private async noteCarrier(reference: string, { name }: VerificationProvider): Promise<void> {
    await this.unit
      .write((manager) => manager.withRepository(this.messages).noteCarrier(reference, name))
      .catch((error: unknown) => this.log.warn(describeError(error)));
  }

  /**
   * With a code that belongs to a number, a stranger's registration must not disturb the owner's
   * proof: it looks as usual and does nothing.
   */
  async isDecoy(
    { phoneNumber, purpose }: Challenge,
    { codeBelongsTo, holder }: VerificationProvider,
  ): Promise<boolean> {
    if (codeBelongsTo !== 'number' || purpose !== 'register') return false;
    return this.unit.read((manager) =>
      manager.withRepository(this.challenges).hasOwnersProof(phoneNumber, holder, this.clock.now()),
    );
  }
}
