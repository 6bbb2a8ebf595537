import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PasswordHasher } from './password-hasher.js';
import { checkPassword } from './password-rules.js';
import { User } from '../user.entity.js';

/** Password hashes of accounts: checked, upgraded, replaced. */
@Injectable()
export class PasswordsService {
  private readonly log = new Logger(PasswordsService.name);

  constructor(
    private readonly unit: UnitOfWork,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * One hash whatever the user: none, unusable or real. A right password upgrades a stale hash
   * (cost, key, scheme). Throws `busy`.
   */
  async verify(user: User | null, password: string): Promise<boolean> {
    const right = await this.hasher.verify(password, user?.password ?? null);
    if (right && user && this.hasher.needsRehash(user.password))
      await this.upgrade(user, password).catch(() =>
        this.log.warn('A stale password hash could not be replaced; the next log-in tries again.'),
      );
    return right;
  }

  /** Checks the rules and hashes. Throws `validation_failed` at `field`, `busy`. */
  async hashNew(
    user: Pick<User, 'username' | 'fullName' | 'phoneNumber'>,
    password: string,
    field: string,
  ): Promise<string> {
    checkPassword(password, user, field);
    return this.hasher.hash(password);
  }

  /** Stores a hash; `changePw` asks the person for another one at the next log-in. */
  async replace(
    manager: EntityManager,
    id: number,
    hash: string,
    changePw: boolean,
  ): Promise<void> {
    await manager.update(User, { id }, { password: hash, changePw });
  }

  // Guarded by the old hash, so that a password changed meanwhile is not put back.
  private async upgrade(user: User, password: string): Promise<void> {
    const hash = await this.hasher.hash(password);
    const { affected } = await this.unit.write((manager) =>
      manager.update(User, { id: user.id, password: user.password }, { password: hash }),
    );
    if (affected === 1) user.password = hash;
  }
}
