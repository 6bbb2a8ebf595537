import { AccountEvents } from '../../common/account-events.js';
import { AppError } from '../../common/errors/app-error.js';
import { Clock, seconds } from '../../common/clock.js';
import type { PhoneNumber } from '../../common/phone/phone-number.js';
import { KeyRing } from '../../config/keys/key-ring.js';
import type { Settings } from '../../config/settings.js';
import { providersOf } from '../../phone-verification/providers/providers-of.js';
import { isTestNumber } from '../../config/test-numbers.js';
import { sendersOf } from '../../messaging/senders.js';
import { TestMessages } from '../../phone-verification/test-message.service.js';
import type { VerificationProvider } from '../../phone-verification/providers/verification-provider.js';
import { parsePhoneNumber } from '../../common/phone/parse-phone-number.js';
import { withServices, type Surroundings } from '../command.js';
import { askDatabase } from './doctor.database.js';
import { lineOf, type Finding } from './doctor.finding.js';
import { noMessage, tellMessage } from './doctor.message.js';
import { askProviders } from './doctor.providers.js';
import { askRedis } from './doctor.redis.js';
import { lookAtSettings } from './doctor.settings.js';
import { CommandRefusal, UsageRefusal } from '../command-refusal.js';
import { endingOf } from '../sentence-of.js';

export interface DoctorFlags {
  /** A number to send one code to. */
  send?: string;
}

/** Milliseconds for everything that is asked without sending. */
const LONGEST_WAIT = seconds(10);

/**
 * Checks the settings against the services they name, without sending; then sends one code where
 * told to. Writes a line for each finding and one for the verdict. Throws CommandRefusal when a
 * finding is bad, UsageRefusal for a number that can get no code, and what a start would throw for
 * the settings.
 */
export async function doctor(surroundings: Surroundings, { send }: DoctorFlags): Promise<void> {
  const { io, settings } = surroundings;
  const clock = new Clock();
  const phoneNumber = send === undefined ? null : numberToTry(send, settings, clock);
  const findings: Finding[] = [];
  const tell = (...found: readonly Finding[]) => {
    findings.push(...found);
    for (const finding of found) io.output.write(`${lineOf(finding)}\n`);
  };

  const [database, redis, providers] = await Promise.all([
    askDatabase(settings, LONGEST_WAIT),
    askRedis(settings, LONGEST_WAIT),
    askProviders(await providersIn(settings, clock), LONGEST_WAIT),
  ]);
  tell(database, ...redis, ...providers, ...lookAtSettings(settings, clock.now()));
  if (phoneNumber !== null && !database.isGood) tell(noMessage(phoneNumber));
  // Opened as at start, and so refused as at start; but a look must not migrate.
  else if (phoneNumber !== null || database.isMigrated) {
    await withServices(surroundings, async (services) => {
      if (phoneNumber === null) return;
      tell(
        ...tellMessage(
          phoneNumber,
          await services.get(TestMessages).send(phoneNumber),
          clock.now(),
        ),
      );
    });
  }
  const bad = findings.filter(({ isGood }) => !isGood).length;
  if (bad > 0)
    throw new CommandRefusal(`Not all is well: ${bad} of ${findings.length} lines begin with !!.`);
  io.output.write('All is well.\n');
}

function numberToTry(typed: string, settings: Settings, clock: Clock): string {
  const { e164 } = parsed(typed, settings);
  if (isTestNumber(settings.testNumbers, e164, clock.now()))
    throw new UsageRefusal('Phone number: It is one of TEST_NUMBERS, to which nothing is sent.');
  return e164;
}

function parsed(typed: string, settings: Settings): PhoneNumber {
  try {
    return parsePhoneNumber(typed, {}, settings);
  } catch (error) {
    if (!AppError.is(error, 'validation_failed')) throw error;
    throw new UsageRefusal(endingOf(error).lines.join(' '));
  }
}

/** Those that a route names and those that are set up beside them. */
async function providersIn(settings: Settings, clock: Clock): Promise<VerificationProvider[]> {
  const keys = new KeyRing(settings.secretKeys);
  const events = new AccountEvents();
  const senders = await sendersOf(settings, clock, events);
  const providers = await providersOf(settings, keys, clock, senders, events);
  return settings.providers.flatMap((name) => providers.named(name) ?? []);
}
