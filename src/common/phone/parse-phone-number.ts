import { AppError } from '../errors/app-error.js';
import type { FieldErrorCode } from '../errors/field-error-codes.js';
import { normalizePhoneInput } from './phone-input.js';
import { callingCodeOf, nationalNumberOf, type PhoneNumber } from './phone-number.js';
import { chosenPlan, type ChosenCountry } from './chosen-plan.js';
import { mobilesOf } from './example-number.js';
import { planOfCallingCode, type NumberingPlan } from './numbering-plan.js';
import { OWN_WAYS } from './own-ways.js';
import { readNumber } from './read-number.js';
import type { Reading } from './readings.js';
import { isServed, type Served } from './served.js';
import { validNumber } from './textable.js';

const EVERYWHERE: Served = { allowedCountries: 'all', deniedCountries: [], deniedPrefixes: [] };

/**
 * Reads a number as people write it (docs/numbers.md): international, or national of the chosen
 * country. Throws `validation_failed` at `phone_number` (`required`, `invalid`, `outdated`,
 * `ambiguous` with the choices, `unsupported_type`, `unsupported_country`) or at `country_code` or
 * `country` (`required`, `invalid`, `contradiction`).
 */
export function parsePhoneNumber(
  input: string,
  chosen: ChosenCountry = {},
  served: Served = EVERYWHERE,
): PhoneNumber {
  const typed = normalizePhoneInput(input);
  if (typed === '') throw refused('required', 'This field is required.');
  const plan = chosenPlan(chosen);
  if (typed === null) throw invalid(plan);
  const number = numberOf(typed, plan);
  if (!isServed(number.e164, served)) throw unsupported();
  return number;
}

function numberOf(typed: string, plan: NumberingPlan | undefined): PhoneNumber {
  const read = readNumber(typed, plan);
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
      throw outdated(read.readings) ?? nobody(typed) ?? invalid(planTyped(typed) ?? plan);
  }
}

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

const refused = (code: FieldErrorCode, detail: string) =>
  AppError.invalid({ field: 'phone_number', code, detail });
