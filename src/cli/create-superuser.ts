import { PurgeService } from '../auth/purge.service.js';
import { AccountEvents } from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { superuserPassword } from '../config/superuser-password.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { AccountInput } from '../users/account-form.js';
import { UsersService } from '../users/users.service.js';
import { withServices, type Surroundings } from './command.js';
import { Prompt } from './prompt.js';
import { CommandRefusal, UsageRefusal } from './command-refusal.js';
import { askSuperuser } from './superuser-questions.js';

export interface SuperuserFlags {
  username?: string;
  fullName?: string;
  phoneNumber?: string;
  countryCode?: string;
  unverified?: true;
  /** False with `--no-input`. */
  input: boolean;
}

const WITHOUT_TERMINAL = 'Use --no-input with --username, --phone-number and SUPERUSER_PASSWORD.';

/**
 * Makes a superuser from answers, or from flags and SUPERUSER_PASSWORD. The operator vouches for
 * the phone number.
 */
export async function createSuperuser(
  surroundings: Surroundings,
  flags: SuperuserFlags,
): Promise<void> {
  const { io, settings } = surroundings;
  const given = flags.input ? null : givenAccount(flags, superuserPassword(io.environment));
  const prompt = given === null ? Prompt.open(io, WITHOUT_TERMINAL) : null;
  try {
    await withServices(surroundings, async (services) => {
      // A registration that nobody finished must not hold the name.
      await services.get(PurgeService).purge();
      const users = services.get(UsersService);
      const isFree = async (username: string) => (await users.findByUsername(username)) === null;
      const input = given ?? (prompt && (await askSuperuser(prompt, flags, settings, isFree)));
      if (input === null) throw new Error('Neither answers nor flags.');
      const account = await users.prepare(input);
      const user = await services
        .get(UnitOfWork)
        .run((manager) =>
          users.createSuperuser(manager, { ...account, phoneNumberVerified: !flags.unverified }),
        );
      services.get(AccountEvents).emit({
        name: 'user.created',
        userId: user.id,
        client: LOCAL_CLIENT,
        details: { superuser: true },
      });
      io.output.write(`Superuser created: ${user.username}\n`);
    });
  } finally {
    prompt?.close();
  }
}

function givenAccount(
  { username, fullName, phoneNumber, countryCode }: SuperuserFlags,
  password: string | undefined,
): AccountInput {
  if (username === undefined) throw new UsageRefusal('With --no-input, --username is needed.');
  if (phoneNumber === undefined)
    throw new UsageRefusal('With --no-input, --phone-number is needed.');
  if (password === undefined)
    throw new CommandRefusal(
      'With --no-input, the password comes from SUPERUSER_PASSWORD, which is not set.',
    );
  return { username, fullName, phoneNumber, countryCode, password };
}
