import { AppError, type FieldError } from '../../src/common/errors/app-error.js';
import {
  parsePhoneNumber,
  type ChosenCountry,
  type NumberRules,
} from '../../src/common/phone/parse-phone-number.js';
import type { PhoneNumber } from '../../src/common/phone/phone-number.js';

/** What stands beside the number, and where the installation is at home. */
export type Chosen = ChosenCountry & { defaultCountry?: string };

/** Read where numbers of every country are served, but for what `rules` says. */
export const parsed = (
  input: string,
  { defaultCountry, ...chosen }: Chosen = {},
  rules: Partial<NumberRules> = {},
): PhoneNumber =>
  parsePhoneNumber(input, chosen, {
    defaultCountry: defaultCountry ?? null,
    allowedCountries: 'all',
    deniedCountries: [],
    prefixLimits: [],
    ...rules,
  });

/** The number, or the field error it is refused with. */
export function read(...given: Parameters<typeof parsed>): FieldError | string {
  try {
    return parsed(...given).e164;
  } catch (error) {
    if (!(error instanceof AppError) || !error.params.fields?.[0]) throw error;
    return error.params.fields[0];
  }
}

/** The number, or `field: code`. */
export function refusal(...given: Parameters<typeof read>): string {
  const found = read(...given);
  return typeof found === 'string' ? found : `${found.field}: ${found.code}`;
}

/** The number, or the sentence. */
export function sentence(...given: Parameters<typeof read>): string {
  const found = read(...given);
  return typeof found === 'string' ? found : found.detail;
}
