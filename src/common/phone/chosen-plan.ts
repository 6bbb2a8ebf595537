import { AppError } from '../errors/app-error.js';
import { toAsciiDigits } from '../text/decimal-digit.js';
import type { FieldErrorCode } from '../errors/field-error-codes.js';
import { normalForm } from '../text/normal-form.js';
import { isCountry } from './phone-metadata.js';
import { isTooLong } from '../text/text-limits.js';
import { planOf, planOfCallingCode, type NumberingPlan } from './numbering-plan.js';

/** The country that a person or a program chose beside a number; nothing where none was. */
export interface ChosenCountry {
  /** Two letters, or a calling code (91, '91', '+91'). */
  countryCode?: number | string | undefined;
  /** Two letters. */
  country?: string | undefined;
  /** Two letters: where nothing was chosen. */
  defaultCountry?: string | null | undefined;
}

/**
 * The plan to read national numbers by. Throws `validation_failed` at `country_code` or `country`.
 */
export function chosenPlan({
  countryCode,
  country,
  defaultCountry,
}: ChosenCountry): NumberingPlan | undefined {
  const byCode = planAt('country_code', String(countryCode ?? ''));
  const byName = planAt('country', country ?? '');
  if (byCode && byName && byCode.callingCode !== byName.callingCode) {
    throw refused(
      'country',
      'contradiction',
      `The country code chosen beside it is +${byCode.callingCode}.`,
    );
  }
  return byName ?? byCode ?? (defaultCountry ? planOf(defaultCountry) : undefined);
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
  refused(field, 'invalid', 'Choose a country code from the list.');

const refused = (field: string, code: FieldErrorCode, detail: string) =>
  AppError.invalid({ field, code, detail });
