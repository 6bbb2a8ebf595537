import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Like } from 'typeorm';
import { KeyRing } from '../../config/keys/key-ring.js';
import { keepSecretKey } from '../../config/keys/kept-secret-key.js';
import { Settings } from '../../config/settings.js';
import { SettingsError } from '../../config/settings-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { KnownKey } from './known-key.entity.js';
import { PASSWORD_SCHEME } from './password-hasher.js';
import { User } from '../user.entity.js';

/**
 * Refuses to start while password hashes name a key that SECRET_KEY no longer holds: these people
 * could never log in again. A key that was made for a database which is there already is kept only
 * after that.
 */
@Injectable()
export class KnownKeysService implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly settings: Settings,
  ) {}

  async onModuleInit(): Promise<void> {
    const { current, find } = this.keys.for('password');
    const known = await this.unit.read((manager) => manager.find(KnownKey));
    for (const { keyId } of known.filter((key) => find(key.keyId) === undefined))
      await this.dropOrRefuse(keyId);
    this.keepMadeKey();
    if (known.every(({ keyId }) => keyId !== current.id)) {
      await this.unit.write((manager) =>
        manager
          .createQueryBuilder()
          .insert()
          .into(KnownKey)
          .values({ keyId: current.id })
          .orIgnore()
          .execute(),
      );
    }
  }

  private keepMadeKey(): void {
    const {
      keepKeyIn,
      secretKeys: [made],
    } = this.settings;
    if (keepKeyIn !== null && made !== undefined) keepSecretKey(keepKeyIn, made);
  }

  private async dropOrRefuse(keyId: string): Promise<void> {
    const inUse = await this.unit.read((manager) =>
      manager.existsBy(User, { password: Like(`${PASSWORD_SCHEME}$${keyId}$%`) }),
    );
    if (inUse)
      throw new SettingsError([
        `SECRET_KEY: passwords are stored under a key (${keyId}) that is not listed any more`,
      ]);
    await this.unit.write((manager) => manager.delete(KnownKey, { keyId }));
  }
}
