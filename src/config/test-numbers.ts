import { readNumber } from '../common/phone/read-number.js';
import { planOf } from '../common/phone/numbering-plan.js';

/**
 * Numbers that get no message and have a code of their own, for reviewers of app stores and for
 * automatic tests.
 */
export interface TestNumbers {
  /** Codes by E.164 number. */
  readonly codes: ReadonlyMap<string, string>;
  /** From then on they are numbers like any other; null: never. */
  readonly until: Date | null;
}

/** Whether it is one, and its time is not over. */
export const isTestNumber = (
  { codes, until }: TestNumbers,
  phoneNumber: string,
  now: Date,
): boolean => codes.has(phoneNumber) && (until === null || now <= until);

const ENTRY = /^([^=]{1,60})=(\d{6})$/;
const NO_NUMBER =
  'TEST_NUMBERS: names what is no mobile number: write it with + and its country code';
const DATE = /^\d{4}-\d{2}-\d{2}$/;

interface Given {
  /** `+14155550100=123456;+14155550101=654321` */
  numbers: string | undefined;
  /** A date, `2027-01-31`; they end with that day in UTC. */
  until: string | undefined;
  isProduction: boolean;
  /** Whose a national number is. */
  defaultCountry?: string | undefined;
}

// `2027-02-30` is read as a day of March.
const isDate = (date: Date | null, written: string): boolean =>
  date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);

/** Reads TEST_NUMBERS and TEST_NUMBERS_UNTIL. Problems name no code. */
export function parseTestNumbers(given: Given): { testNumbers: TestNumbers; problems: string[] } {
  const { numbers = '', until, isProduction, defaultCountry } = given;
  const entries = numbers
    .split(';')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const matches = entries.map((entry) => ENTRY.exec(entry));
  const written = matches.flatMap((match) =>
    match ? [[match[1] ?? '', match[2] ?? ''] as const] : [],
  );
  const read = written.flatMap(([number, code]) => {
    const e164 = numberOf(number, defaultCountry);
    return e164 === undefined ? [] : [[e164, code] as const];
  });
  const codes = new Map(read);
  const end = until !== undefined && DATE.test(until) ? new Date(`${until}T23:59:59.999Z`) : null;
  const isWrongDate = until !== undefined && !isDate(end, until);
  const problems = [
    ...(matches.includes(null)
      ? ['TEST_NUMBERS: must be +NUMBER=CODE with six digits, separated by semicolons']
      : []),
    ...(read.length < written.length ? [NO_NUMBER] : []),
    ...(codes.size < read.length ? ['TEST_NUMBERS: names a number twice'] : []),
    ...(isWrongDate ? ['TEST_NUMBERS_UNTIL: must be a date, e.g. 2027-01-31'] : []),
    ...(isProduction && codes.size > 0 && until === undefined
      ? ['TEST_NUMBERS_UNTIL: is required in production']
      : []),
  ];
  return { testNumbers: { codes, until: end }, problems };
}

/** Read as a registration reads it: what that refuses would never meet its code. */
function numberOf(written: string, defaultCountry: string | undefined): string | undefined {
  const plan = defaultCountry === undefined ? undefined : planOf(defaultCountry);
  const read = readNumber(written, plan);
  return read.is === 'number' ? read.number.e164 : undefined;
}
