import { Command, InvalidArgumentError } from 'commander';
import type { AttackFlags } from './attack.js';
import { backup } from './backup.js';
import type { Surroundings } from './command.js';
import { createSuperuser, type SuperuserFlags } from './create-superuser.js';
import { doctor, type DoctorFlags } from './doctor/doctor.js';
import type { Io } from './io.js';
import { lift } from './lift.js';
import { migrate, type MigrateFlags } from './migrate.js';
import { perfSeed } from '../../bench/fill/perf-seed.js';
import { MOST_USERS } from '../../bench/fill/perf-user.js';
import { purge } from './purge.js';
import { unlock } from './unlock.js';

/**
 * The commands and their flags. The settings are read only when a command runs: `--help` needs
 * none.
 */
export function programFor(io: Io, surroundings: () => Surroundings): Command {
  const program = new Command('ringback')
    .description('Looks after an installation of Ringback.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.output.write(text),
      writeErr: (text) => io.error.write(text),
      // A mistyped flag may carry a secret behind its `=`.
      outputError: (text, write) => write(text.replace(/(--[\w-]+)=[^\n]*/g, "$1'")),
    });

  program
    .command('create-superuser')
    .description(
      'Makes an account that may do everything. Asks for each value without a flag; the password is never a flag.',
    )
    .option('--username <name>')
    .option('--full-name <name>')
    .option('--phone-number <number>', 'international, or national with --country-code')
    .option('--country-code <code>', 'calling code or two letters, such as 91 or IN')
    .option('--unverified', 'do not vouch for the phone number: the first log-in has to prove it')
    .option('--no-input', 'ask nothing; the password comes from SUPERUSER_PASSWORD')
    .action((flags: SuperuserFlags) => createSuperuser(surroundings(), flags));
  program
    .command('migrate')
    .description('Brings the tables of the database up to date.')
    .option('--plan', 'only tell which migrations would run')
    .action((flags: MigrateFlags) => migrate(surroundings(), flags));
  program
    .command('backup')
    .description(
      'Copies the embedded database into a new file, while the server may serve, and names what belongs with it.',
    )
    .argument('<file>', 'is there not yet, e.g. /backups/ringback-2026-01-31.sqlite')
    .action((file: string) => backup(surroundings(), file));
  program
    .command('unlock')
    .description("Forgets an account's wrong passwords and codes.")
    .argument('<username>')
    .action((username: string) => unlock(surroundings(), username));
  program
    .command('lift')
    .description(
      'Ends the rest of a country or block where hardly any code was typed in, or the waits of a network.',
    )
    .argument('<what>', 'a country such as US, a block such as +1415555, or an IP address')
    .action((what: string) => lift(surroundings(), what));
  program
    .command('purge')
    .description('Deletes what has expired, as the server does every few minutes.')
    .action(() => purge(surroundings()));
  program
    .command('doctor')
    .description(
      'Checks the settings against the services they name. Sends nothing but what --send asks for.',
    )
    .option('--send <number>', 'send one code to this number, as a log-in would')
    .action((flags: DoctorFlags) => doctor(surroundings(), flags));
  program
    .command('attack')
    .description(
      'Attacks your own instance over HTTP, and says which attacks got through. It makes accounts there.',
    )
    .option('--self', 'yes, attack')
    .option(
      '--target <url>',
      'its origin, in place of PUBLIC_URL; loopback, or with one of the next two',
    )
    .option('--i-own <host>', "the target's host name once more: you answer for owning it")
    .option('--proof <file>', 'a proof whose token the target serves')
    .option('--prove', 'make such a proof, signed with SECRET_KEY, and end')
    .option('--only <names...>', 'these attacks alone')
    .option('--json', 'one JSON document in place of the table')
    .addHelpText('after', '\nExit status: 0 nothing got through, 1 something did, 2 refused.')
    // Loaded late: no other command needs it.
    .action(async (flags: AttackFlags) =>
      (await import('./attack.js')).attack(surroundings(), flags),
    );
  program
    .command('perf-seed')
    .description(
      'Fills the database up to that many users, perf0000001 and on, for measurements. Never in production.',
    )
    .argument('<count>', 'how many there should be', userCount)
    .action((count: number) => perfSeed(surroundings(), count));
  return program;
}

function userCount(text: string): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST_USERS)
    throw new InvalidArgumentError(`It must be a number from 1 to ${MOST_USERS}.`);
  return count;
}
