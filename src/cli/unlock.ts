import { CredentialsService } from '../auth/credentials.service.js';
import { FactorsService } from '../auth/factors/factors.service.js';
import { AccountEvents } from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { UsersService } from '../users/users.service.js';
import { withServices, type Surroundings } from './command.js';
import { CommandRefusal } from './command-refusal.js';

/** Forgets an account's wrong codes and wrong passwords, so that its person may try again. */
export function unlock(surroundings: Surroundings, username: string): Promise<void> {
  return withServices(surroundings, async (services) => {
    const user = await services.get(UsersService).findByUsername(username);
    if (user === null) throw new CommandRefusal('There is no user with that username.');
    await services.get(FactorsService).unlock(user);
    await services.get(CredentialsService).unlock(user);
    services
      .get(AccountEvents)
      .emit({ name: 'user.unlocked', userId: user.id, client: LOCAL_CLIENT });
    surroundings.io.output.write(`Unlocked: ${user.username}\n`);
  });
}
