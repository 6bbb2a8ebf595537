import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { after, Clock } from '../common/clock.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Budgets } from '../rate-limit/budgets.js';
import type { Challenge, Channel } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { CodeCheck, isLive } from './code-check.service.js';
import { CodeDelivery } from './code-delivery.service.js';
import { Conversions } from '../messaging/limits/conversions.js';
import { CODE_REST } from '../common/limits/code-limits.js';
import { newChallenge, type Proof } from './new-challenge.js';
import { nothingPending } from './over.js';
import { SendClaims } from '../messaging/limits/send-claims.js';
import type { SentMessage } from '../messaging/sent-message.entity.js';
import { SentMessagesRepository } from '../messaging/sent-messages.repository.js';
import { undeliveredError } from './undelivered.js';
import { VerificationProviders } from './providers/verification-providers.js';

/**
 * Why a code is not sent again; the last one: another instance has taken the challenge along to a
 * session of its own.
 */
const UNSENT = ['too_many_requests', 'provider_unavailable', 'no_pending_confirmation'] as const;

/** The session that asks. */
interface Asker {
  id: number;
  /** The confirmed device it runs on. */
  deviceId: number | null;
}

/** Proofs that a user holds a phone. Knows numbers, sessions and users by id only. */
@Injectable()
export class PhoneVerificationService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly challenges: ChallengesRepository,
    private readonly delivery: CodeDelivery,
    private readonly codes: CodeCheck,
    private readonly providers: VerificationProviders,
    private readonly messages: SentMessagesRepository,
    private readonly sends: SendClaims,
    private readonly conversions: Conversions,
    private readonly events: AccountEvents,
    private readonly budgets: Budgets,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a challenge and sends its code. A message that cannot go out now is no error: the
   * challenge says so by `notice`, `sentAt` and `resendAt`. Throws `validation_failed` at
   * `phone_number` when the provider will never serve the number.
   */
  async start(proof: Proof): Promise<Challenge> {
    const challenge = this.challengeOf(proof);
    const undelivered = await this.delivery.deliver({ ...proof, challenge, isNew: true });
    return undelivered?.limit === undefined ? challenge : this.keepOnlySentChallenge(challenge);
  }

  /**
   * The same code again, or a new challenge where the old one is over or nearly so. Throws
   * `too_many_requests`, `provider_unavailable`.
   */
  async resend(proof: Proof): Promise<Challenge> {
    const latest = await this.latestOf(proof.sessionId);
    const isNew = !latest || !this.canSendAgain(latest);
    if (isNew && latest) await this.assertNoWait(proof);
    if (latest?.attemptsLeft === 0) await this.cancelAtProvider(latest);
    const challenge = isNew ? this.challengeOf(proof) : latest;
    const undelivered = await this.delivery.deliver({ ...proof, challenge, isNew });
    if (undelivered?.limit !== undefined && isNew) await this.keepOnlySentChallenge(challenge);
    if (undelivered) throw undeliveredError(undelivered, this.clock.now());
    return challenge;
  }

  /**
   * The same code once more, in the session to which the account's challenges came along, unless a
   * wait, a limit or the provider forbids: that is no error. Throws `validation_failed` at
   * `phone_number` when the provider will never serve the number, `busy`.
   */
  async resendMoved(proof: Proof): Promise<Challenge> {
    try {
      return await this.resend(proof);
    } catch (error) {
      if (!UNSENT.some((code) => AppError.is(error, code))) throw error;
    }
    const { userId, sessionId } = proof;
    // The first try may have got its message out just now: then its code is the one to type.
    await this.unit.write((manager) =>
      manager.withRepository(this.challenges).gather(userId, sessionId, this.clock.now()),
    );
    const latest = await this.latestOf(sessionId);
    const left = latest?.sentAt === null ? await this.keepOnlySentChallenge(latest) : latest;
    if (!left) throw new AppError('busy', { retryAfter: 1 });
    return left;
  }

  /** The newest challenge of a session, over or not. */
  latestOf(sessionId: number): Promise<Challenge | null> {
    return this.unit.read((manager) => manager.withRepository(this.challenges).latestOf(sessionId));
  }

  /**
   * Of several asked for at once in one session one alone got its message out: the others step
   * back, so that its code is the one to type. Gives the newest that is left.
   */
  async keepOnlySentChallenge(unsent: Challenge): Promise<Challenge> {
    const hasTwin = await this.unit.read((manager) =>
      manager.withRepository(this.challenges).hasSibling(unsent, this.clock.now()),
    );
    if (hasTwin)
      await this.unit.write((manager) => manager.withRepository(this.challenges).withdraw(unsent));
    return (await this.latestOf(unsent.sessionId)) ?? unsent;
  }

  isLive(challenge: Challenge): boolean {
    return isLive(challenge, this.clock.now());
  }

  /**
   * The challenge whose code is right, not used up yet: `consume` it in the unit that acts on it.
   * Throws like CodeCheck.
   */
  async check({ id, deviceId }: Asker, code: string, client: ClientInfo): Promise<Challenge> {
    const challenge = await this.latestOf(id);
    if (!challenge || !this.isLive(challenge)) throw nothingPending(challenge);
    await this.codes.check(challenge, code, { client, deviceId });
    return challenge;
  }

  /**
   * Uses a right code up: the wrong ones before it are forgotten, the wait of its number ends, and
   * its messages give their places back, in the one unit in which it is used up, and so once. Its
   * last message counts as confirmed, and is given for `announce` after the unit, of which this is
   * to be the first statement. Throws `no_pending_confirmation` for the loser of a race.
   */
  async consume(
    manager: EntityManager,
    challenge: Challenge,
    { deviceId }: Asker,
    client: ClientInfo,
  ) {
    const { id, phoneNumber, messageReference } = challenge;
    const now = this.clock.now();
    const sent = { waits: this.sends.waits(phoneNumber), answered: this.sends.answered(challenge) };
    await this.codes.forgive(manager, challenge, { client, deviceId }, sent);
    const challenges = manager.withRepository(this.challenges);
    if (!(await challenges.consume(id, now)))
      throw nothingPending(await challenges.findOneBy({ id }));
    const message =
      messageReference === null
        ? null
        : await manager.withRepository(this.messages).noteConfirmed(messageReference, now);
    await this.conversions.noteConfirmed(manager, challenge);
    return message;
  }

  /**
   * A right code that was not used up, whatever came between: its try was no wrong one and is given
   * back.
   */
  takeBack(challenge: Challenge, { deviceId }: Asker, client: ClientInfo): Promise<void> {
    return this.codes.takeBack(challenge, { client, deviceId });
  }

  /** Tells everybody concerned of a right code whose message is known. */
  announce(challenge: Challenge, message: SentMessage | null, client: ClientInfo): void {
    if (!message) return;
    const { provider, channel, country, gatewayId } = message;
    if (gatewayId !== null) void this.providers.named(provider)?.confirmed?.(gatewayId);
    const details = { purpose: challenge.purpose, channel, provider, country };
    this.events.emit({ name: 'code.right', userId: challenge.userId, client, details });
  }

  /** How many digits the challenge's code has. */
  codeLengthOf({ provider }: Challenge) {
    return this.providers.codeLengthOf(provider);
  }

  /** How a message could reach this number. */
  channelsFor(phoneNumber: string): ReadonlySet<Channel> {
    return this.providers.channelsFor(phoneNumber);
  }

  /**
   * What the gateway says of the challenge's last message; null while it says nothing certain, or a
   * later one was not sent.
   */
  async deliveryOf({
    messageReference,
    sentAt,
    notice,
  }: Challenge): Promise<'delivered' | 'failed' | null> {
    if (messageReference === null || sentAt === null || notice !== null) return null;
    const message = await this.unit.read((manager) =>
      manager.withRepository(this.messages).findOneBy({ reference: messageReference }),
    );
    const status = message?.status;
    return status === 'delivered'
      ? status
      : status === 'failed' || status === 'expired'
        ? 'failed'
        : null;
  }

  private challengeOf(proof: Proof): Challenge {
    const provider = this.providers.firstHolder(proof.phoneNumber);
    return newChallenge({ ...proof, provider }, this.keys, this.clock.now());
  }

  // A provider that counts tries itself gives the number no other code until it has forgotten this
  // one. Not while it is somebody else's as well: a stranger could take the owner's code away.
  private async cancelAtProvider(challenge: Challenge): Promise<void> {
    const provider = this.providers.holding(challenge.provider);
    if (!provider?.cancel) return;
    const hasCompany = await this.unit.read((manager) =>
      manager.withRepository(this.challenges).sharesNumberWithAnother(challenge, this.clock.now()),
    );
    if (!hasCompany) await provider.cancel(challenge);
  }

  // Asked before a new challenge replaces the old one: a refusal must not take away the code that
  // still works.
  private async assertNoWait(proof: Proof): Promise<void> {
    const until = await this.budgets.refusedUntil(this.sends.wait(proof.phoneNumber, proof));
    if (until)
      throw undeliveredError({ notice: 'too_many_requests', retryAt: until }, this.clock.now());
  }

  private canSendAgain(challenge: Challenge): boolean {
    const enough = after(this.clock.now(), CODE_REST);
    return this.isLive(challenge) && challenge.attemptsLeft > 0 && challenge.expiresAt > enough;
  }
}
