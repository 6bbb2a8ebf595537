import { existsSync } from 'node:fs';
import { AccountEvents } from '../src/common/account-events.js';
import { LOCAL_CLIENT } from '../src/common/net/client-info.js';
import { isLoopback } from '../src/common/net/local-network.js';
import { Settings } from '../src/config/settings.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { PasswordsService } from '../src/users/passwords/passwords.service.js';
import { UsersService } from '../src/users/users.service.js';
import { withServices, type Surroundings } from '../src/cli/command.js';
import { Unjudged } from './verdict.js';

/**
 * Has an account of the target owe a new password, which only staff or an operator can ask for.
 * Throws Unjudged.
 */
export type Owe = (username: string) => Promise<void>;

/**
 * By the product's own services, on the database that the settings name. It is the target's if the
 * account, made a moment ago under a random name, stands in it: without that no account is touched.
 */
export function owingBy(surroundings: Surroundings, origin: string): Owe {
  return async (username) => {
    const { settings } = surroundings;
    const isHere = isLoopback(new URL(origin).hostname) || origin === settings.publicUrl;
    if (!isHere || !isThere(settings))
      throw new Unjudged('needs the database of the target: run it there, with its settings');
    // The target may be older than this tool: its tables stay as they are.
    const asTheyAre = new Settings(Object.assign({}, settings, { migrateAtStart: false }));
    try {
      await withServices({ ...surroundings, settings: asTheyAre }, async (services) => {
        const user = await services.get(UsersService).findByUsername(username);
        if (user === null)
          throw new Unjudged('the database of these settings is not the one of the target');
        const passwords = services.get(PasswordsService);
        await services
          .get(UnitOfWork)
          .run((manager) => passwords.replace(manager, user.id, user.password, true));
        const event = {
          name: 'user.edited',
          userId: user.id,
          client: LOCAL_CLIENT,
          details: { fields: 'change_pw' },
        } as const;
        services.get(AccountEvents).emit(event);
      });
    } catch (error) {
      if (error instanceof Unjudged) throw error;
      throw new Unjudged(
        `the database of these settings cannot be used (${error instanceof Error ? error.message : 'unknown'})`,
      );
    }
  };
}

/** Opening one that is not there would make it. */
const isThere = ({ database }: Settings): boolean =>
  database.kind !== 'sqlite' || existsSync(database.file);
