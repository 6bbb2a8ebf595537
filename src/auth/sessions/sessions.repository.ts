import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan, Not, type EntityManager } from 'typeorm';
import { deleteInSlices } from '../../database/delete-in-slices.js';
import { deleteRows, insertRow, selectRows, updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { current, type CurrentSession } from './current-session.js';
import { SELECT_SESSION, sessionFrom, userFrom, type SessionRow } from './session-row.js';
import { Session } from './session.entity.js';

/** Rows of sessions; a token is never among them, only its hash. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly unit: UnitOfWork) {}

  async findByTokenHash(tokenHash: string): Promise<CurrentSession | null> {
    const row = await this.unit.readFirst<SessionRow>(SELECT_SESSION, [tokenHash]);
    return row ? current(sessionFrom(row), userFrom(row)) : null;
  }

  async hasToken({ id, tokenHash }: Session): Promise<boolean> {
    return (
      (await this.unit.read((manager) => selectRows(manager, Session, { id, tokenHash })))
        .length === 1
    );
  }

  insert(manager: EntityManager, session: Omit<Session, 'id'>): Promise<Session> {
    return insertRow(manager, Session, session);
  }

  /** Replaces the token and what goes with it; false when the old token is already dead. */
  async replaceToken(
    manager: EntityManager,
    { id, tokenHash }: Session,
    next: Partial<Session>,
    now: Date,
  ): Promise<boolean> {
    return (
      (await updateRows(manager, Session, { id, tokenHash, expiresAt: MoreThan(now) }, next)) === 1
    );
  }

  /**
   * Replaces the proofs it was read with; false where they are others by now, or the token is dead.
   */
  async replaceProofs(
    manager: EntityManager,
    { id, tokenHash, proofs: seen }: Session,
    proofs: Session['proofs'],
  ): Promise<boolean> {
    return (await updateRows(manager, Session, { id, tokenHash, proofs: seen }, { proofs })) === 1;
  }

  async touch(id: number, at: Date): Promise<void> {
    await this.unit.write((manager) => updateRows(manager, Session, { id }, { lastSeenAt: at }));
  }

  /** Only while the token is the same: a session confirmed meanwhile has a life of its own. */
  async moveExpiry({ id, tokenHash }: Session, expiresAt: Date): Promise<void> {
    await this.unit.write((manager) =>
      updateRows(manager, Session, { id, tokenHash }, { expiresAt }),
    );
  }

  async delete(manager: EntityManager, id: number): Promise<void> {
    await deleteRows(manager, Session, { id });
  }

  async deleteOthers(manager: EntityManager, userId: number, keep: number): Promise<void> {
    await deleteRows(manager, Session, { userId, id: Not(keep) });
  }

  async deleteOf(manager: EntityManager, userIds: number[]): Promise<void> {
    await manager.delete(Session, { userId: In(userIds) });
  }

  deleteExpired(now: Date): Promise<number> {
    return deleteInSlices(this.unit, Session, 'id', { expiresAt: LessThan(now) });
  }
}
