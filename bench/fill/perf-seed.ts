import { In, type EntityManager } from 'typeorm';
import { Clock } from '../../src/common/clock.js';
import { UNHURRIED, UnitOfWork } from '../../src/database/unit-of-work.js';
import { PasswordsService } from '../../src/users/passwords/passwords.service.js';
import { User } from '../../src/users/user.entity.js';
import { withServices, type Surroundings } from '../../src/cli/command.js';
import { PERF_PASSWORD, perfUser, perfUsername } from './perf-user.js';
import { CommandRefusal } from '../../src/cli/command-refusal.js';

/** Rows of one insert; SQLite takes 32,766 parameters, a user has 18. */
const BATCH = 1000;

/**
 * Fills the database up to `count` made-up users who share one password and one hash of it. What an
 * earlier run has made stays. Refused in production, before the database is opened.
 */
export async function perfSeed(surroundings: Surroundings, count: number): Promise<void> {
  const { io, settings } = surroundings;
  if (settings.environment === 'production')
    throw new CommandRefusal('perf-seed is not for production.');
  await withServices(surroundings, async (services) => {
    const unit = services.get(UnitOfWork);
    const seen = { username: perfUsername(1), fullName: '', phoneNumber: '' };
    const shared = {
      password: await services.get(PasswordsService).hashNew(seen, PERF_PASSWORD, 'password'),
      dateJoined: services.get(Clock).now(),
    };
    let made = 0;
    for (let first = 1; first <= count; first += BATCH) {
      const numbers = Array.from(
        { length: Math.min(BATCH, count - first + 1) },
        (_, offset) => first + offset,
      );
      made += await unit.run(async (manager) => {
        const missing = await withoutUser(manager, numbers);
        const rows = missing.map((number) => ({ ...perfUser(number), ...shared }));
        if (rows.length > 0)
          await manager
            .createQueryBuilder()
            .insert()
            .into(User)
            .values(rows)
            .updateEntity(false)
            .execute();
        return rows.length;
      }, UNHURRIED);
    }
    io.output.write(
      `Users made: ${made}\nUsernames: ${perfUsername(1)} to ${perfUsername(count)}\nPassword of each: ${PERF_PASSWORD}\n`,
    );
  });
}

async function withoutUser(manager: EntityManager, numbers: number[]): Promise<number[]> {
  const rows = await manager.find(User, {
    select: { usernameKey: true },
    where: { usernameKey: In(numbers.map(perfUsername)) },
  });
  const taken = new Set(rows.map(({ usernameKey }) => usernameKey));
  return numbers.filter((number) => !taken.has(perfUsername(number)));
}
