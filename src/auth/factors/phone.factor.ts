import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEvents } from '../../common/account-events.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import { limitSentence } from '../../common/text/limit-sentence.js';
import { Corrections } from '../../messaging/limits/corrections.js';
import type { SentMessage } from '../../messaging/sent-message.entity.js';
import type { Challenge } from '../../phone-verification/challenge.entity.js';
import { ChallengesService } from '../../phone-verification/challenges.service.js';
import { overOf } from '../../phone-verification/over.js';
import type { Proof } from '../../phone-verification/new-challenge.js';
import { PhoneVerificationService } from '../../phone-verification/phone-verification.service.js';
import type { User } from '../../users/user.entity.js';
import { UserNumbersService } from '../../users/user-numbers.service.js';
import type { CurrentSession } from '../sessions/current-session.js';
import type { Asked, Factor, PendingMessage, PendingProof, RightAnswer } from './factor.js';

/** Messages after which other ways than a text are offered. */
const OTHERS_AFTER = 2;

/** The user's own number, proven by a code that is sent to it. */
@Injectable()
export class PhoneFactor implements Factor {
  constructor(
    private readonly phones: PhoneVerificationService,
    private readonly challenges: ChallengesService,
    private readonly numbers: UserNumbersService,
    private readonly corrections: Corrections,
    private readonly events: AccountEvents,
  ) {}

  /** Everybody has a number. */
  isOffered(): boolean {
    return true;
  }

  /** Throws `validation_failed` at `phone_number` when no provider will ever serve the number. */
  async begin(asked: Asked): Promise<PendingProof> {
    return this.proof(await this.phones.start(proofOf(asked)));
  }

  /** Throws `too_many_requests`, `provider_unavailable`, or like `begin`. */
  async again(asked: Asked): Promise<PendingProof> {
    if (asked.isContinued) return this.proof(await this.phones.resendMoved(proofOf(asked)));
    return this.shown(await this.phones.resend(proofOf(asked)));
  }

  async pending(sessionId: number, isShown: boolean): Promise<PendingProof | null> {
    const challenge = await this.phones.latestOf(sessionId);
    if (challenge === null) return null;
    return isShown && challenge.consumedAt === null ? this.shown(challenge) : this.proof(challenge);
  }

  async check(current: CurrentSession, answer: string, client: ClientInfo): Promise<RightAnswer> {
    const { session, user } = current;
    const challenge = await this.phones.check(session, answer, client);
    let message: SentMessage | null = null;
    let isProven = false;
    return {
      purpose: challenge.purpose,
      method: challenge.channel,
      useUp: async (manager) => {
        message = await this.phones.consume(manager, challenge, session, client);
      },
      prove: async (manager) => {
        await this.numbers.markPhoneVerified(manager, user.id, challenge.phoneNumber);
        isProven = true;
        return { phoneNumberVerified: true, registrationExpiresAt: null };
      },
      announce: () => {
        if (isProven && !user.phoneNumberVerified)
          this.events.emit({ name: 'phone.verified', userId: user.id, client });
        this.phones.announce(challenge, message, client);
      },
      giveBack: () => this.phones.takeBack(challenge, session, client),
    };
  }

  cancel(manager: EntityManager, which: { userId: number } | { sessionId: number }): Promise<void> {
    return this.challenges.cancel(manager, which);
  }

  async move(
    manager: EntityManager,
    userId: number,
    from: number | 'any',
    to: number,
  ): Promise<boolean> {
    if (from !== 'any') return this.challenges.rebind(manager, from, to, userId);
    await this.challenges.gather(manager, userId, to);
    return true;
  }

  delete(manager: EntityManager, userIds: number[]): Promise<void> {
    return this.challenges.deleteOf(manager, userIds);
  }

  forget(userIds: readonly number[]): Promise<void> {
    return this.challenges.forgetTries(userIds);
  }

  unlock(user: User): Promise<void> {
    return this.challenges.unlock(user);
  }

  async refund(sessionId: number): Promise<() => Promise<void>> {
    const challenge = await this.phones.latestOf(sessionId);
    return () => this.corrections.giveBack(challenge);
  }

  private async shown(challenge: Challenge): Promise<PendingProof> {
    const delivery = await this.phones.deliveryOf(challenge);
    const areOthersDue = challenge.sentCount >= OTHERS_AFTER || delivery === 'failed';
    const channels = areOthersDue ? [...this.phones.channelsFor(challenge.phoneNumber)] : undefined;
    return this.proof(challenge, { delivery, ...(channels && { channels }) });
  }

  private proof(challenge: Challenge, known: Partial<PendingMessage> = {}): PendingProof {
    return {
      what: 'phone number',
      purpose: challenge.purpose,
      state: this.phones.isLive(challenge) ? 'live' : overOf(challenge),
      expiresAt: challenge.expiresAt,
      attemptsLeft: challenge.attemptsLeft,
      codeLength: this.phones.codeLengthOf(challenge),
      message: {
        channel: challenge.channel,
        phoneHint: maskPhoneNumber(challenge.phoneNumber),
        sentAt: challenge.sentAt,
        resendAt: challenge.resendAt,
        sentCount: challenge.sentCount,
        notice: challenge.notice,
        limitText: challenge.limitedBy && limitSentence(challenge.limitedBy),
        delivery: null,
        channels: ['sms'],
        ...known,
      },
    };
  }
}

const proofOf = ({ user, session, channel = 'sms', ...asked }: Asked): Proof => ({
  userId: user.id,
  sessionId: session.id,
  phoneNumber: user.phoneNumber,
  isConfirmed: user.phoneNumberVerified,
  deviceId: session.deviceId,
  isVouched: user.registrationExpiresAt === null,
  locale: user.locale ?? asked.client.locale,
  purpose: asked.purpose,
  client: asked.client,
  channel,
  isUnchecked: asked.isUnchecked ?? false,
});
