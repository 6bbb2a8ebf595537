import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/errors/app-error.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Challenge } from './challenge.entity.js';
import { ChallengesRepository } from './challenges.repository.js';
import { PhoneVerificationService, type Proof } from './phone-verification.service.js';

/**
 * Why a code is not sent again; the last one: another instance has taken the challenge along to a
 * session of its own.
 */
const UNSENT = ['too_many_requests', 'provider_unavailable', 'no_pending_confirmation'] as const;

/** Challenges of an account that goes on in another session. */
@Injectable()
export class MovedChallenges {
  constructor(
    private readonly phones: PhoneVerificationService,
    private readonly unit: UnitOfWork,
    private readonly challenges: ChallengesRepository,
    private readonly clock: Clock,
  ) {}

  /** All that is live of the account comes along; tries and codes stay. */
  gather(manager: EntityManager, userId: number, sessionId: number): Promise<void> {
    return manager.withRepository(this.challenges).gather(userId, sessionId, this.clock.now());
  }

  /**
   * The same code once more, unless a wait, a limit or the provider forbids: that is no error.
   * Throws `validation_failed` at `phone_number` when the provider will never serve the number,
   * `busy`.
   */
  async goOn(proof: Proof): Promise<Challenge> {
    try {
      return await this.phones.resend(proof);
    } catch (error) {
      if (!UNSENT.some((code) => AppError.is(error, code))) throw error;
    }
    // The first try may have got its message out just now: then its code is the one to type.
    await this.unit.write((manager) => this.gather(manager, proof.userId, proof.sessionId));
    const latest = await this.phones.latestOf(proof.sessionId);
    const left = latest?.sentAt === null ? await this.phones.withoutTwin(latest) : latest;
    if (!left) throw new AppError('busy', { retryAfter: 1 });
    return left;
  }
}
