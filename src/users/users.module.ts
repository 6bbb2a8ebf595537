import { Module } from '@nestjs/common';
import { KeyRing } from '../config/keys/key-ring.js';
import { Settings } from '../config/settings.js';
import { DatabaseModule } from '../database/database.module.js';
import { repositoryOf } from '../database/repository-provider.js';
import { GroupsService } from './groups/groups.service.js';
import { HashQueue } from './passwords/hash-queue.js';
import { KnownKeysService } from './passwords/known-keys.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordsService } from './passwords/passwords.service.js';
import { UserDirectory } from './user-directory.js';
import { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';
import { UserNumbersService } from './user-numbers.service.js';
import { UsersService } from './users.service.js';

/** Who: accounts, their passwords, their rights. */
@Module({
  imports: [DatabaseModule],
  providers: [
    repositoryOf(User, UsersRepository),
    {
      provide: PasswordHasher,
      inject: [Settings, KeyRing],
      useFactory: ({ bcryptCost, hashesAtOnce }: Settings, keys: KeyRing) =>
        new PasswordHasher(
          { cost: bcryptCost, keys: keys.for('password') },
          new HashQueue({ running: hashesAtOnce }),
        ),
    },
    GroupsService,
    KnownKeysService,
    PasswordsService,
    UserDirectory,
    UserNumbersService,
    UsersService,
  ],
  exports: [GroupsService, PasswordsService, UserDirectory, UserNumbersService, UsersService],
})
export class UsersModule {}
