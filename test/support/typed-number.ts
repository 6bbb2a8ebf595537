import { AppError, type FieldError } from '../../src/common/errors/app-error.js';
import type { ChosenCountry } from '../../src/common/phone/chosen-plan.js';
import { parsePhoneNumber } from '../../src/common/phone/parse-phone-number.js';
import type { Served } from '../../src/common/phone/served.js';

/** The number, or the field error it is refused with. */
export function read(
  input: string,
  chosen?: ChosenCountry,
  served?: Partial<Served>,
): FieldError | string {
  const everywhere: Served = { allowedCountries: 'all', deniedCountries: [], deniedPrefixes: [] };
  try {
    return parsePhoneNumber(input, chosen, { ...everywhere, ...served }).e164;
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
