import { callingCodeOf } from './phone-number.js';
import { planOfCallingCode, type NumberingPlan } from './numbering-plan.js';
import { OWN_WAYS } from './own-ways.js';

/** One way to read a typed number. */
export interface Reading {
  /** `+`, calling code, national number. It need not be a number that there is. */
  e164: string;
  plan: NumberingPlan;
  /** Holds only where no other reading gets a text, or is a number of the chosen country at all. */
  isLastResort: boolean;
  /** A spelling that no carrier delivers to any more. */
  isRetired: boolean;
}

/**
 * The international prefixes of most countries, and of North America: people know them anywhere
 * (ITU-T E.164, E.123).
 */
const ABROAD = ['00', '011'];

/**
 * Every way to read digits with at most a leading `+`, for a person in the country of `chosen`.
 * Which of them are numbers is judged later: none is left out for being unlikely, so that a second
 * possible one shows.
 */
export function readingsOf(typed: string, chosen: NumberingPlan | undefined): Reading[] {
  // No calling code begins with 0: a + before one was put there by habit.
  const digits = typed.replace(/^\+(?=0)/, '');
  if (digits.startsWith('+')) return international(digits.slice(1));
  const own = chosen?.abroad.exec(digits)?.[0];
  const prefixes = new Set(ABROAD.concat(own ?? []));
  const abroad = [...prefixes]
    .filter((prefix) => digits.startsWith(prefix))
    .map((prefix) => digits.slice(prefix.length));
  return [...abroad.flatMap(international), ...(chosen ? atHome(digits, chosen) : [])];
}

/** Digits behind a `+`. */
function international(digits: string): Reading[] {
  const code = String(callingCodeOf(`+${digits}`));
  const plan = planOfCallingCode(code);
  return plan ? nationals(digits.slice(code.length), plan) : [];
}

/** The readings that begin with no international prefix. */
export function atHome(digits: string, plan: NumberingPlan): Reading[] {
  const withCode = digits.startsWith(plan.callingCode) ? international(digits) : [];
  // As typed in India: 0 91 98765 43210. Elsewhere 0 and the code's digits may be the beginning of
  // a landline's number.
  const withZero = digits.startsWith(`0${plan.callingCode}`) ? international(digits.slice(1)) : [];
  return [
    ...nationals(digits, plan),
    ...withCode,
    ...withZero.map((reading) => ({ ...reading, isLastResort: true })),
  ];
}

function nationals(digits: string, plan: NumberingPlan): Reading[] {
  const { spellings = [], retired } = OWN_WAYS[plan.country] ?? {};
  const bare = [digits, ...withoutPrefix(digits, plan)];
  const rewritten = bare.flatMap((national) =>
    spellings.flatMap(([spelling, becomes]) => {
      const made = national.replace(spelling, becomes);
      return made === national ? [] : [made, ...withoutPrefix(made, plan)];
    }),
  );
  return [...new Set([...bare, ...rewritten])].map((national) => ({
    e164: `+${plan.callingCode}${national}`,
    plan,
    isLastResort: false,
    isRetired: retired?.test(national) ?? false,
  }));
}

/**
 * What is left without a trunk prefix or carrier code, and without a (0), which is written in
 * countries that have none too.
 */
function withoutPrefix(digits: string, { prefix, rewrite, trunk }: NumberingPlan): string[] {
  const starts = [...new Set([trunk, '0'])].filter(
    (start) => start !== '' && digits.startsWith(start),
  );
  const plain = starts.map((start) => digits.slice(start.length));
  const match = prefix?.exec(digits);
  if (!prefix || !match) return plain;
  const isRewritten = rewrite !== null && match.at(-1) !== undefined && match.length > 1;
  return [isRewritten ? digits.replace(prefix, rewrite) : digits.slice(match[0].length), ...plain];
}
