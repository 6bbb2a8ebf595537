import { z } from 'zod';

/**
 * How many messages may go out, by the names under which staff see them in decisions. Waits are
 * seconds after the first, second … message; everything else is a count but for what says
 * otherwise. Defaults: docs/limits.md.
 */
export const SEND_LIMITS = {
  'number-10-minutes': 5,
  'number-day': 10,
  'account-day': 10,
  'session-10-minutes': 5,
  /**
   * Messages of one number, and of one account, whose codes are typed in: they take no place in any
   * limit above.
   */
  'answered-day': 50,
  'address-hour': 10,
  'address-day': 30,
  'prefix-10-seconds': 3,
  'prefix-hour': 20,
  'prefix-day': 50,
  'foreign-prefix-day': 10,
  /** Messages a day that a block gets back where a session corrects its number. */
  'prefix-corrections-day': 5,
  'country-day': 50,
  'home-country-day': 1000,
  'all-day': 5000,
  'registrations-day': 4000,
  'notice-changes-day': 5,
  'notice-devices-day': 5,
  'notice-attempts-day': 3,
  'notices-all-day': 1000,
  /** Registrations that go without a bot check where BOT_CHECK_WHEN=risk. */
  'unchecked-network-hour': 3,
  'unchecked-prefix-hour': 10,
  'unchecked-country-day': 25,
  'unchecked-home-country-day': 500,
  'low-conversion-sends': 20,
  'low-conversion-percent': 30,
  'low-conversion-hours': 12,
} as const;

/** Twilio's table. */
const NUMBER_WAIT = [30, 40, 60, 90, 120] as const;

export type SendLimitName = keyof typeof SEND_LIMITS;

export interface SendLimits {
  /** Seconds; the last one goes on. */
  readonly numberWait: readonly number[];
  readonly most: Readonly<Record<SendLimitName, number>>;
  /** Those that the setting names. */
  readonly named: ReadonlySet<string>;
}

/** Above that a number in the setting is a slip. */
const HIGHEST_LIMIT = 10_000_000;
const COUNT = /^\d{1,8}$/;
const WAITS = /^[1-9]\d{0,3}(,[1-9]\d{0,3}){0,9}$/;

const isName = (name: string): name is SendLimitName => Object.hasOwn(SEND_LIMITS, name);

/** `number-day=20;address-hour=50;number-wait=30,60,120`: those not named keep their default. */
export const sendLimits = z
  .string()
  .default('')
  .transform((text, context): SendLimits => {
    const most: Record<SendLimitName, number> = { ...SEND_LIMITS };
    let numberWait: readonly number[] = NUMBER_WAIT;
    const problems: string[] = [];
    const named = new Set<string>();
    for (const entry of text
      .split(';')
      .map((one) => one.trim())
      .filter(Boolean)) {
      const [name = '', value = '', ...more] = entry.split('=').map((part) => part.trim());
      if (more.length > 0) problems.push(`${name.slice(0, 40)} has more than one "="`);
      else if (named.has(name)) problems.push(`${name} is there twice`);
      else if (name === 'number-wait' && WAITS.test(value))
        numberWait = value.split(',').map(Number);
      else if (isName(name) && COUNT.test(value) && Number(value) <= HIGHEST_LIMIT)
        most[name] = Number(value);
      else problems.push(problemOf(name));
      named.add(name);
    }
    if (problems.length === 0) problems.push(...contradictions(most));
    for (const message of problems) context.addIssue({ code: 'custom', message });
    return { numberWait, most, named };
  });

function problemOf(name: string): string {
  if (name === 'number-wait')
    return 'number-wait must be seconds separated by commas, e.g. 30,60,120';
  return isName(name)
    ? `${name} must be a number up to ${HIGHEST_LIMIT}`
    : `there is no limit "${name.slice(0, 40)}"`;
}

function contradictions(most: SendLimits['most']): string[] {
  return [
    ...(most['registrations-day'] > most['all-day']
      ? ['registrations-day must not be above all-day']
      : []),
    ...(most['low-conversion-hours'] < 1 ? ['low-conversion-hours must be at least 1'] : []),
    ...(most['low-conversion-percent'] > 100
      ? ['low-conversion-percent must not be above 100']
      : []),
  ];
}
