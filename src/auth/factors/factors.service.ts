import type { EntityManager } from 'typeorm';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import type { User } from '../../users/user.entity.js';
import type { CurrentSession } from '../sessions/current-session.js';
import type { Asked, Factor, PendingProof, RightAnswer } from './factor.js';

/** The factors there are, in the order in which they are offered. */
export class FactorsService {
  constructor(private readonly factors: readonly Factor[]) {}

  /** Asks the user for a proof, by the first factor that is offered. */
  begin(asked: Asked): Promise<PendingProof> {
    return this.offered(asked).begin(asked);
  }

  again(asked: Asked): Promise<PendingProof> {
    const factor = this.offered(asked);
    return factor.again ? factor.again(asked) : factor.begin(asked);
  }

  /** The newest proof that a session was asked for; of several factors, the one that is live. */
  async pending(sessionId: number, isShown = false): Promise<PendingProof | null> {
    let newest: PendingProof | null = null;
    for (const factor of this.factors) {
      const proof = await factor.pending(sessionId, isShown);
      if (proof?.state === 'live') return proof;
      newest ??= proof;
    }
    return newest;
  }

  /** Throws like the factor that asks, or the last one where none does. */
  async check(current: CurrentSession, answer: string, client: ClientInfo): Promise<RightAnswer> {
    let nothing: unknown;
    for (const factor of this.factors) {
      try {
        return await factor.check(current, answer, client);
      } catch (error) {
        if (!AppError.is(error, 'no_pending_confirmation')) throw error;
        nothing = error;
      }
    }
    throw nothing;
  }

  async cancel(
    manager: EntityManager,
    which: { userId: number } | { sessionId: number },
  ): Promise<void> {
    for (const factor of this.factors) await factor.cancel?.(manager, which);
  }

  /** What is asked of a user in a session, or in any, goes on in another one; false: nothing is. */
  async move(
    manager: EntityManager,
    userId: number,
    from: number | 'any',
    to: number,
  ): Promise<boolean> {
    let isMoved = false;
    for (const factor of this.factors)
      isMoved = ((await factor.move?.(manager, userId, from, to)) ?? false) || isMoved;
    return isMoved;
  }

  async delete(manager: EntityManager, userIds: number[]): Promise<void> {
    for (const factor of this.factors) await factor.delete?.(manager, userIds);
  }

  async forget(userIds: readonly number[]): Promise<void> {
    for (const factor of this.factors) await factor.forget?.(userIds);
  }

  async unlock(user: User): Promise<void> {
    for (const factor of this.factors) await factor.unlock?.(user);
  }

  /** What to give back if the registration that this session waits for is undone. */
  async refund(sessionId: number): Promise<() => Promise<void>> {
    const refunds: (() => Promise<void>)[] = [];
    for (const factor of this.factors)
      if (factor.refund) refunds.push(await factor.refund(sessionId));
    return async () => {
      for (const refund of refunds) await refund();
    };
  }

  private offered({ user, purpose }: Asked): Factor {
    const factor = this.factors.find((offered) => offered.isOffered(user, purpose));
    if (!factor) throw new Error(`No factor proves a user for ${purpose}.`);
    return factor;
  }
}
