import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import { after, Clock, seconds } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Budgets, type Claim, type Refusal, type Taken } from '../rate-limit/budgets.js';
import type { Challenge } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { CodeDispatch, type Dispatched } from './code-dispatch.service.js';
import { Conversions } from '../messaging/limits/conversions.js';
import { LimitDecisions } from '../messaging/limits/limit-decisions.js';
import type { Place } from '../messaging/limits/place.js';
import { placeOf, SendClaims } from '../messaging/limits/send-claims.js';
import { NUMBER_WAIT } from '../messaging/limits/send-rules.js';
import {
  newMessage,
  SentMessagesRepository,
  type NewMessage,
} from '../messaging/sent-messages.repository.js';
import type { Proof } from './new-challenge.js';
import { noSuchChannel, refusedNumber, type Undelivered } from './undelivered.js';
import type { Candidate } from './providers/verification-providers.js';

/** The message of a proof. */
export interface Delivery extends Omit<Proof, 'userId' | 'sessionId' | 'phoneNumber' | 'purpose'> {
  challenge: Challenge;
  /** It has no row yet: it gets one together with its first message. */
  isNew: boolean;
}

interface Attempt extends Delivery {
  message: NewMessage;
  candidates: readonly Candidate[];
  claims: readonly Claim[];
  place: Omit<Place, 'at'>;
  /** What the challenge said of its messages before this one. */
  before: Pick<Challenge, 'sentCount' | 'sentAt' | 'channel' | 'messageReference' | 'places'>;
}

/** Gets a challenge's code to its phone: budgets first, then a provider, then the books. */
@Injectable()
export class CodeDelivery {
  constructor(
    private readonly challenges: ChallengesRepository,
    private readonly messages: SentMessagesRepository,
    private readonly dispatch: CodeDispatch,
    private readonly budgets: Budgets,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
    private readonly sends: SendClaims,
    private readonly conversions: Conversions,
    private readonly decisions: LimitDecisions,
  ) {}

  /**
   * Null when the message is on its way. Throws `validation_failed`: at `phone_number` when no
   * provider will ever serve this number, at `channel` when none of them has that channel.
   */
  async deliver(delivery: Delivery): Promise<Undelivered | null> {
    const { purpose, phoneNumber } = delivery.challenge;
    // Its form refuses it as well; an account may be older than the setting.
    if (purpose === 'register' && !this.sends.isServed(phoneNumber)) throw refusedNumber('blocked');
    const attempt = this.prepare(delivery);
    await this.conversions.judge(delivery.challenge);
    const book = (manager: EntityManager, taken: Taken) => this.book(manager, attempt, taken);
    const { refusal, recorded, refusals } = await this.budgets.take(attempt.claims, book);
    await this.decisions.note(refusals, attempt.challenge.purpose);
    if (recorded) this.emit('limit.reached', attempt, { limit: recorded.limit, held: false });
    if (refusal) return this.refuse(attempt, refusal);
    const dispatched = await this.dispatch.send({
      ...attempt,
      reference: attempt.message.reference,
    });
    return dispatched.result.outcome === 'sent'
      ? this.noteSent(attempt, dispatched)
      : this.noteUnsent(attempt, dispatched);
  }

  private prepare(delivery: Delivery): Attempt {
    const {
      challenge,
      channel,
      isConfirmed,
      deviceId,
      isVouched,
      isUnchecked = false,
      client,
    } = delivery;
    const candidates = this.dispatch.candidatesFor(challenge, channel);
    const [first] = candidates;
    if (!first) throw noSuchChannel();
    const { sentCount, sentAt, messageReference, places } = challenge;
    const send = {
      challenge,
      channel,
      isConfirmed,
      deviceId,
      isVouched,
      isUnchecked,
      address: client.address,
    };
    return {
      ...delivery,
      candidates,
      message: newMessage({ ...challenge, channel }, first.provider.name, this.clock.now()),
      claims: this.sends.of(send),
      place: placeOf(send),
      before: { sentCount, sentAt, channel: challenge.channel, messageReference, places },
    };
  }

  // In one unit with the budgets: a message is counted on its challenge too, or not at all.
  private async book(manager: EntityManager, attempt: Attempt, taken: Taken): Promise<void> {
    const { challenge, isNew, message } = attempt;
    const challenges = manager.withRepository(this.challenges);
    const { id } = challenge;
    const sending = this.sendingAfter(taken, attempt);
    Object.assign(challenge, sending);
    if (isNew) challenge.id = (await challenges.open(challenge)).id;
    else if (!(await challenges.noteSending(id, sending, this.clock.now())))
      throw new AppError('no_pending_confirmation');
    if (taken.refusal) return;
    await manager.withRepository(this.messages).open({ ...message, challengeId: challenge.id });
  }

  private sendingAfter(
    { refusal, blockedUntil }: Taken,
    { channel, before, message, place }: Attempt,
  ): Partial<Challenge> {
    const now = this.clock.now();
    const limitedBy = refusal && !isWait(refusal) ? refusal.limit : null;
    if (refusal)
      return {
        resendAt: refusal.until,
        notice: limitedBy === null ? null : 'too_many_requests',
        limitedBy,
      };
    const { reference } = message;
    const sentCount = before.sentCount + 1;
    const places = [...(before.places ?? []), { ...place, at: now.getTime() }];
    const sent = { sentCount, sentAt: now, channel, messageReference: reference, places };
    return { ...sent, resendAt: blockedUntil ?? now, notice: null, limitedBy };
  }

  private refuse(attempt: Attempt, refusal: Refusal): Undelivered {
    if (!isWait(refusal)) this.emit('limit.reached', attempt, { limit: refusal.limit, held: true });
    return { notice: 'too_many_requests', retryAt: refusal.until, limit: refusal.limit };
  }

  private async noteSent(attempt: Attempt, dispatched: Dispatched): Promise<null> {
    const { challenge, message } = attempt;
    await this.note(attempt, dispatched, newHolder(challenge, dispatched));
    const { purpose, channel } = challenge;
    this.emit('code.sent', attempt, {
      purpose,
      channel,
      provider: dispatched.provider.name,
      country: message.country,
    });
    return null;
  }

  private async noteUnsent(
    attempt: Attempt,
    { result, provider }: Dispatched,
  ): Promise<Undelivered> {
    const { challenge, claims, before } = attempt;
    const { outcome } = result;
    this.emit('code.not-sent', attempt, {
      purpose: challenge.purpose,
      provider: provider.name,
      outcome,
    });
    const isUnknown = outcome === 'unknown';
    if (!isUnknown) await this.budgets.giveBack(claims);
    const pause = outcome === 'throttled' ? seconds(result.retryAfter ?? 30) : 0;
    const retryAt = isUnknown ? challenge.resendAt : after(this.clock.now(), pause);
    const told = isUnknown ? this.challengeAfterUnknownSend(attempt, { result, provider }) : before;
    await this.note(
      attempt,
      { result, provider },
      { ...told, resendAt: retryAt, notice: 'provider_unavailable' },
    );
    if (outcome === 'refused') throw refusedNumber(result.reason);
    return { notice: 'provider_unavailable', retryAt };
  }

  // The message stays counted, but nobody is told that it went out. Its code is the one that may
  // arrive, unless an earlier message surely went out.
  private challengeAfterUnknownSend(
    { challenge, before }: Attempt,
    dispatched: Dispatched,
  ): Partial<Challenge> {
    if (before.sentAt === null) return { ...newHolder(challenge, dispatched), sentAt: null };
    const { sentCount: _counted, places: _kept, ...sure } = before;
    return sure;
  }

  private async note(
    { challenge, message }: Attempt,
    dispatched: Dispatched,
    sending: Partial<Challenge>,
  ): Promise<void> {
    const now = this.clock.now();
    Object.assign(challenge, sending);
    await this.unit.run(async (manager) => {
      if (Object.keys(sending).length > 0)
        await manager.withRepository(this.challenges).noteSending(challenge.id, sending, now);
      await manager.withRepository(this.messages).noteAnswer(message.reference, dispatched, now);
      if (dispatched.result.outcome === 'sent') await this.conversions.noteSent(manager, challenge);
    });
  }

  private emit(
    name: 'code.sent' | 'code.not-sent' | 'limit.reached',
    { challenge, client }: Delivery,
    details: Record<string, string | boolean>,
  ): void {
    this.events.emit({ name, userId: challenge.userId, client, details });
  }
}

/** What changes on the challenge when this provider's code is the one to type. */
function newHolder(
  challenge: Challenge,
  { result, provider: { holder } }: Dispatched,
): Partial<Challenge> {
  const reference = ('reference' in result ? result.reference : undefined)?.slice(0, 64) ?? null;
  const isMoved =
    holder !== challenge.provider ||
    (reference !== null && reference !== challenge.providerReference);
  return isMoved ? { provider: holder, providerReference: reference } : {};
}

const isWait = ({ limit }: Refusal): boolean => limit === NUMBER_WAIT;
