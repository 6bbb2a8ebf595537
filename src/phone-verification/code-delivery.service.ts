import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/app-error.js';
import type { ClientInfo } from '../common/client-info.js';
import { newReference } from '../common/token.js';
import { after, Clock, seconds, secondsUntil } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Budgets, type Claim, type Refusal, type Taken } from '../rate-limit/budgets.js';
import type { Challenge, Channel, Notice } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { numberWait } from './limits.js';
import { sendClaims } from './send-claims.js';
import { VerificationProvider, type StartResult } from './verification-provider.js';

export interface Delivery {
  challenge: Challenge;
  /** It has no row yet: it gets one together with its first message. */
  isNew: boolean;
  channel: Channel;
  /** The number is already proven by this user. */
  isConfirmed: boolean;
  client: ClientInfo;
}

/** A message that did not go out, and when to ask again. */
export type Undelivered = { notice: Notice; retryAt: Date; limit?: string };

/** Gets a challenge's code to its phone: budgets first, then the provider, then the books. */
@Injectable()
export class CodeDelivery {
  constructor(
    private readonly challenges: ChallengesRepository,
    private readonly provider: VerificationProvider,
    private readonly budgets: Budgets,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * Null when the message is on its way. Throws `validation_failed` at `phone_number` when the provider will never serve this
   * number.
   */
  async deliver(delivery: Delivery): Promise<Undelivered | null> {
    const claims = this.claims(delivery);
    const { sentCount, sentAt, channel } = delivery.challenge;
    const { refusal, recorded } = await this.budgets.take(claims, (manager, taken) =>
      this.book(manager, delivery, this.sendingAfter(taken, delivery.channel, sentCount)),
    );
    if (recorded) this.emit('limit.reached', delivery, { limit: recorded.limit, held: false });
    if (refusal) return this.refuse(delivery, refusal);
    return this.settle(delivery, claims, { sentCount, sentAt, channel }, await this.start(delivery.challenge));
  }

  private sendingAfter({ refusal, blockedUntil }: Taken, channel: Channel, sentCount: number): Partial<Challenge> {
    const now = this.clock.now();
    if (refusal) return { resendAt: refusal.until, notice: isWait(refusal) ? null : 'too_many_requests' };
    return { sentCount: sentCount + 1, sentAt: now, channel, resendAt: blockedUntil ?? now, notice: null };
  }

  // In one unit with the budgets: a message is counted on its challenge too, or not at all.
  private async book(manager: EntityManager, { challenge, isNew }: Delivery, sending: Partial<Challenge>): Promise<void> {
    const { id } = challenge;
    Object.assign(challenge, sending);
    if (isNew) Object.assign(challenge, await this.challenges.open(manager, challenge));
    else if (!(await this.challenges.noteSending(manager, id, sending, this.clock.now()))) {
      throw new AppError('no_pending_confirmation');
    }
  }

  private async start(challenge: Challenge): Promise<StartResult> {
    if (await this.isDecoy(challenge)) return { outcome: 'sent' };
    return this.provider.start({
      ...challenge, locale: 'en', ttl: secondsUntil(challenge.expiresAt, this.clock.now()), messageReference: newReference(),
    });
  }

  /**
   * With a code that belongs to a number, a stranger's registration must not disturb the owner's proof: it looks as usual and
   * does nothing.
   */
  async isDecoy({ phoneNumber, purpose }: Challenge): Promise<boolean> {
    if (this.provider.codeBelongsTo !== 'number' || purpose !== 'register') return false;
    return this.challenges.hasOwnersProof(phoneNumber, this.clock.now());
  }

  private async settle(
    delivery: Delivery,
    claims: Claim[],
    before: Partial<Challenge>,
    result: StartResult,
  ): Promise<Undelivered | null> {
    const { challenge } = delivery;
    if (result.outcome === 'sent') {
      if (result.reference !== undefined) await this.note(challenge, { providerReference: result.reference.slice(0, 64) });
      this.emit('code.sent', delivery, { purpose: challenge.purpose, channel: challenge.channel, provider: this.provider.name });
      return null;
    }
    this.emit('code.not-sent', delivery, { purpose: challenge.purpose, provider: this.provider.name, outcome: result.outcome });
    const isUnknown = result.outcome === 'unknown';
    if (!isUnknown) await this.budgets.giveBack(claims);
    const pause = result.outcome === 'throttled' ? seconds(result.retryAfter ?? 30) : 0;
    const retryAt = isUnknown ? challenge.resendAt : after(this.clock.now(), pause);
    // An unknown outcome stays counted, but nobody is told that a message went out.
    await this.note(challenge, {
      ...(isUnknown ? {} : before),
      sentAt: before.sentAt ?? null,
      resendAt: retryAt,
      notice: 'provider_unavailable',
    });
    if (result.outcome === 'refused') throw AppError.invalid(refusedNumber(result.reason));
    return { notice: 'provider_unavailable', retryAt };
  }

  private refuse(delivery: Delivery, refusal: Refusal): Undelivered {
    if (!isWait(refusal)) this.emit('limit.reached', delivery, { limit: refusal.limit, held: true });
    return { notice: 'too_many_requests', retryAt: refusal.until, limit: refusal.limit };
  }

  private async note(challenge: Challenge, sending: Partial<Challenge>): Promise<void> {
    Object.assign(challenge, sending);
    await this.unit.write((manager) => this.challenges.noteSending(manager, challenge.id, sending, this.clock.now()));
  }

  private claims({ challenge, isConfirmed, client }: Delivery): Claim[] {
    return sendClaims({ challenge, isConfirmed, address: client.address, homeCountry: this.settings.defaultCountry });
  }

  private emit(
    name: 'code.sent' | 'code.not-sent' | 'limit.reached',
    { challenge, client }: Delivery,
    details: Record<string, string | boolean>,
  ): void {
    this.events.emit({ name, userId: challenge.userId, client, details });
  }
}

const isWait = ({ limit }: Refusal): boolean => limit === numberWait.name;

/** What a refused ask becomes where no session is being made. */
export function undeliveredError({ notice, retryAt }: Undelivered, now: Date): AppError {
  const retryAfter = Math.max(1, secondsUntil(retryAt, now));
  return notice === 'provider_unavailable'
    ? new AppError('provider_unavailable', { retryAfter })
    : new AppError('too_many_requests', { retryAfter });
}

const REFUSALS = {
  invalid_number: 'Enter a valid phone number.',
  landline: 'This looks like a landline. Enter a number that can receive text messages.',
  unsupported_country: 'We cannot send messages to this country.',
  unreachable: 'This number cannot be reached. Check it, or use another one.',
  opted_out: 'This number has asked for no more messages. Send START to us from it, or use another one.',
  blocked: 'We cannot send messages to this number. Use another one.',
} as const;

const refusedNumber = (reason: keyof typeof REFUSALS) => ({ field: 'phone_number', code: reason, detail: REFUSALS[reason] });
