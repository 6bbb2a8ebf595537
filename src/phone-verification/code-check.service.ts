import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Clock, days, secondsUntil } from '../common/clock.js';
import { parseCode, SIX_DIGITS } from '../common/text/typed-code.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Budgets, type Claim } from '../rate-limit/budgets.js';
import { NEVER } from '../rate-limit/rules.js';
import type { Challenge } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { accountClaims, networkClaims, type Typist } from './code-claims.js';
import { CodeDispatch } from './code-dispatch.service.js';
import { refundsDay } from './code-rules.js';
import { earlierCode, nothingPending } from './over.js';
import type { CheckResult } from './providers/verification-provider.js';
import { VerificationProviders } from './providers/verification-providers.js';

/** What a right code ends of the messages that brought it. */
interface Sent {
  /** Waits before the next one to the number. */
  waits: readonly Claim[];
  /** The places of its own messages. */
  answered: readonly Claim[];
}

/**
 * Compares a typed code: a try is spent first, then the provider is asked, then the try is kept,
 * forgotten or given back.
 */
@Injectable()
export class CodeCheck {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly challenges: ChallengesRepository,
    private readonly dispatch: CodeDispatch,
    private readonly providers: VerificationProviders,
    private readonly budgets: Budgets,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns when the code is right; the challenge is not used up yet, and its tallies not
   * forgotten. Throws `validation_failed` at `code` for what is no guess, which costs nothing;
   * `wrong_code`, `too_many_attempts`, `no_pending_confirmation`, `provider_unavailable`.
   */
  async check(challenge: Challenge, typed: string, typist: Typist): Promise<void> {
    const { client } = typist;
    const code = await this.read(challenge, typed);
    const claims = this.claims(challenge, typist);
    await this.spend(challenge, claims, client);
    switch (await this.ask(challenge, code)) {
      case 'right':
        return;
      case 'wrong':
        return this.refuse(challenge, code, client);
      case 'gone':
        await this.giveBack(challenge, claims);
        throw new AppError('no_pending_confirmation', { detail: GONE });
      case 'not_compared':
        await this.giveBack(challenge, claims);
        throw new AppError('provider_unavailable', { detail: CANNOT_CHECK, retryAfter: 5 });
      case 'unknown':
        await this.giveBackDoubtful(challenge, claims);
        throw new AppError('provider_unavailable', { detail: CANNOT_CHECK, retryAfter: 5 });
    }
  }

  // Six digits are a guess in any case; what else may be one, a provider has to know.
  private async read({ provider }: Challenge, typed: string): Promise<string> {
    const code = parseCode(typed, this.providers.codeLengthOf(provider));
    const length =
      code.length === SIX_DIGITS.least
        ? undefined
        : await this.providers.holding(provider)?.learnCodeLength?.();
    return length ? parseCode(typed, length) : code;
  }

  private async spend(challenge: Challenge, claims: Claim[], client: ClientInfo): Promise<void> {
    const now = this.clock.now();
    const { refusal } = await this.budgets.take(claims, async (manager, taken) => {
      const challenges = manager.withRepository(this.challenges);
      if (taken.refusal || (await challenges.spendTry(challenge.id, now))) return;
      throw whyNoTry(await challenges.findOneBy({ id: challenge.id }), now);
    });
    if (refusal) {
      this.events.emit({
        name: 'code.blocked',
        userId: challenge.userId,
        client,
        details: { limit: refusal.limit },
      });
      throw refusal.until >= NEVER
        ? locked()
        : new AppError('too_many_attempts', { retryAfter: secondsUntil(refusal.until, now) });
    }
  }

  private async ask(challenge: Challenge, code: string): Promise<CheckResult['outcome']> {
    const provider = this.providers.holding(challenge.provider);
    if (!provider) return 'gone';
    // A code that surely was not sent can only be guessed.
    if (provider.codeBelongsTo === 'challenge' && challenge.sentCount === 0) return 'wrong';
    if (await this.dispatch.isDecoy(challenge, provider)) return 'wrong';
    return (await provider.check(challenge, code)).outcome;
  }

  private async refuse(challenge: Challenge, code: string, client: ClientInfo): Promise<never> {
    const { id } = challenge;
    const left = await this.unit.read((manager) =>
      manager.withRepository(this.challenges).findOneBy({ id }),
    );
    const attemptsLeft = Math.max(0, left?.attemptsLeft ?? 0);
    this.events.emit({
      name: 'code.wrong',
      userId: challenge.userId,
      client,
      details: { purpose: challenge.purpose, attempts_left: attemptsLeft },
    });
    const earlier = await this.earlierWith(challenge, code);
    throw earlier
      ? earlierCode(earlier, this.clock.now(), attemptsLeft)
      : new AppError('wrong_code', { attemptsLeft });
  }

  private async earlierWith(challenge: Challenge, code: string): Promise<Challenge | undefined> {
    const sent = await this.unit.read((manager) =>
      manager.withRepository(this.challenges).earlierOf(challenge),
    );
    for (const earlier of sent) {
      if (
        earlier.sentCount > 0 &&
        this.providers.holding(earlier.provider)?.isCodeOf?.(earlier, code)
      )
        return earlier;
    }
    return undefined;
  }

  private async giveBack(challenge: Challenge, claims: Claim[]): Promise<void> {
    await this.unit.write((manager) =>
      manager.withRepository(this.challenges).giveBackTry(challenge.id),
    );
    await this.budgets.giveBack(claims);
  }

  private async giveBackDoubtful(challenge: Challenge, claims: Claim[]): Promise<void> {
    const { refusal } = await this.budgets.take([{ rule: refundsDay, subject: challenge.userId }]);
    if (refusal) return;
    const isGivenBack = await this.unit.write((manager) =>
      manager.withRepository(this.challenges).giveBackDoubtfulTry(challenge.id),
    );
    if (isGivenBack) await this.budgets.giveBack(claims);
  }

  /**
   * The code was right and is used up: wrong ones in a row and waits are forgotten, the try and its
   * messages are given back.
   */
  async forgive(
    manager: EntityManager,
    challenge: Challenge,
    typist: Typist,
    { waits, answered }: Sent,
  ): Promise<void> {
    const { inARow, ofDay } = this.ofAccount(challenge, typist);
    await this.budgets.forgiveIn(
      manager,
      [...inARow, ...waits],
      [...ofDay, ...networkClaims(challenge, typist), ...answered],
    );
  }

  /** The code was right and is not used up: the try is given back, wherever it was counted. */
  takeBack(challenge: Challenge, typist: Typist): Promise<void> {
    return this.giveBack(challenge, this.claims(challenge, typist));
  }

  private claims(challenge: Challenge, typist: Typist): Claim[] {
    const { inARow, ofDay } = this.ofAccount(challenge, typist);
    return [...inARow, ...ofDay, ...networkClaims(challenge, typist)];
  }

  private ofAccount(challenge: Challenge, { deviceId }: Typist) {
    return accountClaims(
      challenge,
      deviceId,
      this.providers.holding(challenge.provider)?.codeBelongsTo,
    );
  }
}

function whyNoTry(challenge: Challenge | null, now: Date): AppError {
  if (!challenge || !isLive(challenge, now)) return nothingPending(challenge);
  return new AppError('too_many_attempts', {
    detail: ASK_AGAIN,
    attemptsLeft: 0,
    retryAfter: secondsUntil(challenge.resendAt, now),
  });
}

// No time opens it; a day is when asking again may make sense.
const locked = (): AppError =>
  new AppError('too_many_attempts', { detail: LOCKED, retryAfter: days(1) / 1000 });

const LOCKED = 'This account is locked after too many wrong codes. Ask the staff to unlock it.';
const GONE = 'This code works no more. Ask for a new one.';
const CANNOT_CHECK = 'The code could not be checked right now. Please try again in a moment.';
const ASK_AGAIN = 'Too many wrong codes. Ask for a new code.';

export const isLive = (challenge: Challenge, now: Date): boolean =>
  challenge.consumedAt === null && challenge.canceledAt === null && challenge.expiresAt > now;
