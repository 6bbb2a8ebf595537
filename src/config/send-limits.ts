/**
 * How many messages may go out, by the names under which staff see them in decisions. Waits are seconds after the first, second …
 * message; everything else is a count. Defaults: docs/limits.md.
 */
export const SEND_LIMITS = {
  'number-10-minutes': 5,
  'number-day': 10,
  'account-day': 10,
  'session-10-minutes': 5,
  'address-hour': 10,
  'address-day': 30,
  'prefix-10-seconds': 1,
  'prefix-hour': 20,
  'prefix-day': 50,
  'foreign-prefix-day': 10,
  'country-day': 50,
  'home-country-day': 1000,
  'all-day': 5000,
  'registrations-day': 4000,
} as const;

/** Twilio's table. */
const NUMBER_WAIT = [30, 40, 60, 90, 120] as const;

export type SendLimitName = keyof typeof SEND_LIMITS;

export interface SendLimits {
  /** Seconds; the last one goes on. */
  readonly numberWait: readonly number[];
  readonly most: Readonly<Record<SendLimitName, number>>;
}

/** Above that a number in the setting is a slip. */
const MOST = 10_000_000;
const COUNT = /^\d{1,8}$/;
const WAITS = /^[1-9]\d{0,3}(,[1-9]\d{0,3}){0,9}$/;

const isName = (name: string): name is SendLimitName => Object.hasOwn(SEND_LIMITS, name);

/** Reads SEND_LIMITS: `number-day=20;address-hour=50;number-wait=30,60,120`; what it does not name keeps its default. */
export function parseSendLimits(text = ''): { sendLimits: SendLimits; problems: string[] } {
  const most: Record<SendLimitName, number> = { ...SEND_LIMITS };
  let numberWait: readonly number[] = NUMBER_WAIT;
  const problems: string[] = [];
  for (const entry of text.split(';').map((one) => one.trim()).filter(Boolean)) {
    const [name = '', value = ''] = entry.split('=').map((part) => part.trim());
    if (name === 'number-wait' && WAITS.test(value)) numberWait = value.split(',').map(Number);
    else if (isName(name) && COUNT.test(value) && Number(value) <= MOST) most[name] = Number(value);
    else problems.push(`SEND_LIMITS: ${problemOf(name)}`);
  }
  if (most['registrations-day'] > most['all-day'] && problems.length === 0)
    problems.push('SEND_LIMITS: registrations-day must not be above all-day');
  return { sendLimits: { numberWait, most }, problems };
}

function problemOf(name: string): string {
  if (name === 'number-wait') return 'number-wait must be seconds separated by commas, e.g. 30,60,120';
  return isName(name) ? `${name} must be a number up to ${MOST}` : `there is no limit "${name.slice(0, 40)}"`;
}
