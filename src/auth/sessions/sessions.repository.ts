import { In, LessThan, MoreThan, Not, Repository } from 'typeorm';
import { deleteInSlices } from '../../database/delete-in-slices.js';
import { insertRow } from '../../database/insert-row.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { Session } from './session.entity.js';

/** Rows of sessions; a token is never among them, only its hash. */
export class SessionsRepository extends Repository<Session> {
  static deleteExpired(unit: UnitOfWork, now: Date): Promise<number> {
    return deleteInSlices(unit, Session, 'id', { expiresAt: LessThan(now) });
  }

  open(session: Omit<Session, 'id'>): Promise<Session> {
    return insertRow(this, session);
  }

  /** Replaces the token and what goes with it; false when the old token is already dead. */
  async replaceToken(
    { id, tokenHash }: Session,
    next: Partial<Session>,
    now: Date,
  ): Promise<boolean> {
    return (await this.update({ id, tokenHash, expiresAt: MoreThan(now) }, next)).affected === 1;
  }

  /**
   * Replaces the proofs it was read with; false where they are others by now, or the token is dead.
   */
  async replaceProofs(
    { id, tokenHash, proofs: seen }: Session,
    proofs: Session['proofs'],
  ): Promise<boolean> {
    const { affected } = await this.createQueryBuilder()
      .update({ proofs })
      .where({ id, tokenHash })
      .andWhere('proofs = :seen', { seen: JSON.stringify(seen) })
      .execute();
    return affected === 1;
  }

  async touch(id: number, at: Date): Promise<void> {
    await this.update({ id }, { lastSeenAt: at });
  }

  /** Only while the token is the same: a session confirmed meanwhile has a life of its own. */
  async moveExpiry({ id, tokenHash }: Session, expiresAt: Date): Promise<void> {
    await this.update({ id, tokenHash }, { expiresAt });
  }

  async end(id: number): Promise<void> {
    await this.delete({ id });
  }

  async endOthers(userId: number, keep: number): Promise<void> {
    await this.delete({ userId, id: Not(keep) });
  }

  async endAll(userIds: number[]): Promise<void> {
    await this.delete({ userId: In(userIds) });
  }
}
