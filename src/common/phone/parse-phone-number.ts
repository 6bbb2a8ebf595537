import { AppError } from '../errors/app-error.js';
import type { FieldErrorCode } from '../errors/field-error-codes.js';
import { toAsciiDigits } from '../text/decimal-digit.js';
import { normalForm } from '../text/normal-form.js';
import { isTooLong } from '../limits/text-limits.js';
import { mobilesOf } from './example-number.js';
import { isCountry, planOf, planOfCallingCode, type NumberingPlan } from './numbering-plan.js';
import { OWN_WAYS } from './own-ways.js';
import { validNumber } from './phone-library.js';
import { callingCodeOf, nationalNumberOf, type PhoneNumber } from './phone-number.js';
import { normalizePhoneInput, readNumber } from './read-number.js';
import type { Reading } from './readings.js';
import { isServed, type Served } from './served.js';

/** The country that a person or a program chose beside a number; nothing where none was. */
export interface ChosenCountry {
  /** Two letters, or a calling code (91, '91', '+91'). */
  countryCode?: number | string | undefined;
  /** Two letters. */
  country?: string | undefined;
}

/** What this installation makes of numbers. */
export interface NumberRules extends Served {
  /** Two letters: whose a national number is where no country was chosen. */
  defaultCountry: string | null;
}

/**
 * Reads a number as people write it (docs/numbers.md): international, or national of the chosen
 * country. Throws `validation_failed` at `phone_number` (`required`, `invalid`, `outdated`,
 * `ambiguous` with the choices, `unsupported_type`, `unsupported_country`) or at `country_code` or
 * `country` (`required`, `invalid`, `contradiction`).
 */
export function parsePhoneNumber(
  input: string,
  chosen: ChosenCountry,
  rules: NumberRules,
): PhoneNumber {
  const number = numberOf(input, chosen, rules);
  if (!isServed(number.e164, rules)) throw unsupported();
  return number;
}

function numberOf(
  input: string,
  chosen: ChosenCountry,
  { defaultCountry }: NumberRules,
): PhoneNumber {
  if (normalizePhoneInput(input) === '') throw refused('required', 'This field is required.');
  const plan = chosenPlan(chosen) ?? (defaultCountry ? planOf(defaultCountry) : undefined);
  const read = readNumber(input, plan);
  switch (read.is) {
    case 'number':
      return read.number;
    case 'ambiguous':
      throw AppError.invalid({
        field: 'phone_number',
        code: 'ambiguous',
        detail: 'This can be read as more than one number. Choose yours.',
        choices: read.numbers.map(({ e164 }) => e164),
      });
    case 'national':
      throw AppError.invalid({
        field: 'country_code',
        code: 'required',
        detail: 'Choose your country, or begin the phone number with + and its country code.',
      });
    case 'textless':
      throw refused(
        'unsupported_type',
        `We cannot send codes to this kind of number. Enter a mobile number. ${mobilesOf(read.plan.country)}`,
      );
    case 'none':
      throw outdated(read.readings) ?? nobody(read.typed) ?? invalid(planTyped(read.typed) ?? plan);
  }
}

function chosenPlan({ countryCode, country }: ChosenCountry): NumberingPlan | undefined {
  const byCode = planAt('country_code', String(countryCode ?? ''));
  const byName = planAt('country', country ?? '');
  if (byCode && byName && byCode.callingCode !== byName.callingCode) {
    throw refused(
      'contradiction',
      `The country code chosen beside it is +${byCode.callingCode}.`,
      'country',
    );
  }
  return byName ?? byCode;
}

function planAt(field: 'country_code' | 'country', chosen: string): NumberingPlan | undefined {
  if (isTooLong(chosen, 'countryCode')) throw unknown(field);
  const text = normalForm(chosen, 'NFKC').trim();
  if (text === '') return undefined;
  const letters = text.toUpperCase();
  if (isCountry(letters)) return planOf(letters);
  const plan =
    field === 'country' ? undefined : planOfCallingCode(toAsciiDigits(text).replace(/^\+/, ''));
  if (plan === undefined) throw unknown(field);
  return plan;
}

const unknown = (field: string) =>
  refused('invalid', 'Choose a country code from the list.', field);

function outdated(readings: readonly Reading[]): AppError | undefined {
  for (const {
    e164,
    plan: { country },
  } of readings) {
    const [spelling, sentence] = OWN_WAYS[country]?.old ?? [];
    if (spelling?.test(nationalNumberOf(e164)))
      return refused('outdated', `${sentence} ${mobilesOf(country)}`);
  }
  return undefined;
}

/** For a number of a network that no country answers for. */
const nobody = (typed: string) => (validNumber(typed) ? unsupported() : undefined);

const planTyped = (typed: string) =>
  typed.startsWith('+') ? planOfCallingCode(String(callingCodeOf(typed))) : undefined;

const invalid = (plan: NumberingPlan | undefined) =>
  refused(
    'invalid',
    plan ? `Enter a valid phone number. ${mobilesOf(plan.country)}` : 'Enter a valid phone number.',
  );

const unsupported = () =>
  refused('unsupported_country', 'We cannot send codes to numbers of this country.');

const refused = (code: FieldErrorCode, detail: string, field = 'phone_number') =>
  AppError.invalid({ field, code, detail });
