import type { Asked, Factor, PendingProof, RightAnswer } from '../../src/auth/factors/factor.js';
import { AppError } from '../../src/common/errors/app-error.js';
import type { CurrentSession } from '../../src/auth/sessions/current-session.js';
import { after, minutes } from '../../src/common/clock.js';
import type { Purpose } from '../../src/common/purpose.js';
import type { ShownUser } from '../../src/users/user-columns.js';

/** Proves anybody who says yes: a factor without number, message or provider. */
export class ToyFactor implements Factor {
  private readonly proofs = new Map<number, PendingProof>();

  /** Numbers are proven by phones. */
  isOffered(_user: ShownUser, purpose: Purpose): boolean {
    return purpose !== 'register';
  }

  begin({ session, purpose }: Asked): Promise<PendingProof> {
    const expiresAt = after(session.createdAt, minutes(10));
    const proof: PendingProof = {
      what: 'good will',
      purpose,
      state: 'live',
      expiresAt,
      attemptsLeft: 5,
    };
    this.proofs.set(session.id, proof);
    return Promise.resolve(proof);
  }

  pending(sessionId: number): Promise<PendingProof | null> {
    return Promise.resolve(this.proofs.get(sessionId) ?? null);
  }

  check({ session }: CurrentSession, answer: string): Promise<RightAnswer> {
    const proof = this.proofs.get(session.id);
    if (proof?.state !== 'live') throw new AppError('no_pending_confirmation');
    proof.attemptsLeft -= 1;
    const { purpose, attemptsLeft } = proof;
    if (answer !== 'yes') throw new AppError('wrong_code', { attemptsLeft });
    return Promise.resolve({
      purpose,
      method: 'toy',
      useUp: () => Promise.resolve(void (proof.state = 'used')),
      prove: () => Promise.resolve({}),
      announce: () => undefined,
      giveBack: () => Promise.resolve(void (proof.attemptsLeft += 1)),
    });
  }
}
