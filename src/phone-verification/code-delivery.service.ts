import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/app-error.js';
import type { ClientInfo } from '../common/client-info.js';
import { newReference } from '../common/token.js';
import { after, Clock, seconds, secondsUntil } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { Budgets, type Claim, type Refusal } from '../rate-limit/budgets.js';
import type { Challenge, Channel, Notice } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { sendClaims } from './send-claims.js';
import { VerificationProvider, type StartResult } from './verification-provider.js';

export interface Delivery {
  challenge: Challenge;
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
    const { refusal, recorded, blockedUntil } = await this.budgets.take(claims);
    if (recorded) this.emit('limit.reached', delivery, { limit: recorded.limit, held: false });
    if (refusal) return this.refuse(delivery, refusal);
    const { sentCount, sentAt, channel } = delivery.challenge;
    const before = { sentCount, sentAt, channel };
    const now = this.clock.now();
    const counted = {
      sentCount: sentCount + 1,
      sentAt: now,
      channel: delivery.channel,
      resendAt: blockedUntil ?? now,
      notice: null,
    };
    if (!(await this.note(delivery.challenge, counted))) return this.over(claims);
    return this.settle(delivery, claims, before, await this.start(delivery.challenge));
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

  private async refuse(delivery: Delivery, { limit, until }: Refusal): Promise<Undelivered> {
    const isWait = limit === 'number-wait';
    if (!isWait) this.emit('limit.reached', delivery, { limit, held: true });
    await this.note(delivery.challenge, { resendAt: until, notice: isWait ? null : 'too_many_requests' });
    return { notice: 'too_many_requests', retryAt: until, limit };
  }

  private async over(claims: Claim[]): Promise<never> {
    await this.budgets.giveBack(claims);
    throw new AppError('no_pending_confirmation');
  }

  private async note(challenge: Challenge, sending: Partial<Challenge>): Promise<boolean> {
    Object.assign(challenge, sending);
    return this.challenges.noteSending(challenge.id, sending, this.clock.now());
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
