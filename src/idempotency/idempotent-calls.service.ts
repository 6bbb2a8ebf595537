import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../common/errors/app-error.js';
import { after, Clock, minutes, seconds } from '../common/clock.js';
import { newReference } from '../common/token.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { IdempotentCall } from './idempotent-call.entity.js';
import { IdempotentCallsRepository } from './idempotent-calls.repository.js';
import { seal, unseal, type SealedFor } from './sealed-answer.js';

/** How long a key is known, from its first call. */
const KNOWN_FOR = minutes(10);
/** Longer than any call takes: after that its process has died. */
const LEASE = seconds(30);
/**
 * Other bodies with one key, after which it answers nothing more: whoever knows a key cannot guess
 * a password by it.
 */
const MOST_MISMATCHES = 5;
/** How often, and how many times, to look whether the first call has been answered: 10 seconds. */
const LOOK_EVERY = 100;
const LOOKS = 100;

/** A call as its client sent it. */
export interface RepeatableCall {
  route: string;
  /** All that tells one caller from another. */
  caller: readonly string[];
  key: string;
  body: unknown;
}

/** An answer as it goes out. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A call that is to be run now, and then answered or given up. */
export interface Run extends SealedFor {
  run: string;
}

/** Calls that carry an `Idempotency-Key`: the first one runs, the others get its answer. */
@Injectable()
export class IdempotentCalls {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly calls: IdempotentCallsRepository,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * A run where this call is the first, else the answer of the first, waited for where need be.
   * Throws `idempotency_key_reused` for another body, `idempotency_key_in_use` when the first
   * is not answered by the last of so many `looks`.
   */
  async begin(call: RepeatableCall, looks = LOOKS): Promise<{ run: Run } | { answer: KeptAnswer }> {
    const { name, content } = this.fingerprints(call);
    const fresh = this.freshRow(name, content);
    const owner = { name, key: call.key };
    for (let look = 0; look < looks; look += 1) {
      const known = await this.unit.read((manager) =>
        manager.withRepository(this.calls).findOneBy({ name }),
      );
      if (await this.isTaken(known, fresh)) return { run: { ...owner, run: fresh.run } };
      if (known === null) continue;
      if (known.expiresAt > this.clock.now()) await this.refuseOthers(known, content);
      if (known.answer !== null && known.content === content)
        return { answer: JSON.parse(unseal(this.keys, owner, known.answer)) as KeptAnswer };
      await pause(LOOK_EVERY);
    }
    throw new AppError('idempotency_key_in_use', { retryAfter: 1 });
  }

  /** Keeps the answer for whoever calls again. */
  async keep(run: Run, answer: KeptAnswer): Promise<void> {
    const sealed = seal(this.keys, run, JSON.stringify(answer));
    await this.unit.write((manager) => manager.withRepository(this.calls).answer(run, sealed));
  }

  /** Forgets the call, so that the next one runs. */
  async giveUp(run: Run): Promise<void> {
    await this.unit.write((manager) => manager.withRepository(this.calls).giveUp(run));
  }

  /** Deletes what nobody may ask for any more; gives how many there were. */
  deleteExpired(): Promise<number> {
    return IdempotentCallsRepository.deleteExpired(this.unit, this.clock.now());
  }

  private fingerprints({ route, caller, key, body }: RepeatableCall): {
    name: string;
    content: string;
  } {
    const name = this.keys.fingerprint('idempotent-call', JSON.stringify([route, caller, key]));
    return {
      name,
      content: this.keys.fingerprint('idempotent-body', JSON.stringify([name, key, body])),
    };
  }

  private freshRow(name: string, content: string): IdempotentCall {
    const now = this.clock.now();
    return {
      name,
      content,
      run: newReference(),
      mismatches: 0,
      answer: null,
      leaseEndsAt: after(now, LEASE),
      expiresAt: after(now, KNOWN_FOR),
    };
  }

  // Its own row may be there already: an insert whose answer was lost is sent to the database
  // again.
  private async isTaken(known: IdempotentCall | null, fresh: IdempotentCall): Promise<boolean> {
    if (known?.run === fresh.run) return true;
    if (known && !this.isOver(known, fresh.content)) return false;
    return this.unit.write((manager) => {
      const calls = manager.withRepository(this.calls);
      return known ? calls.replace(known, fresh) : calls.claim(fresh);
    });
  }

  private isOver(
    { answer, leaseEndsAt, expiresAt, content, mismatches }: IdempotentCall,
    asked: string,
  ): boolean {
    const now = this.clock.now();
    const isLost =
      answer === null && leaseEndsAt <= now && content === asked && mismatches < MOST_MISMATCHES;
    return expiresAt <= now || isLost;
  }

  private async refuseOthers(known: IdempotentCall, content: string): Promise<void> {
    const isOther = known.content !== content;
    if (!isOther && known.mismatches < MOST_MISMATCHES) return;
    if (isOther)
      await this.unit.write((manager) => manager.withRepository(this.calls).countMismatch(known));
    throw new AppError('idempotency_key_reused');
  }
}
