import { normalizePhoneInput } from './phone-input.js';
import { planOf } from './numbering-plan.js';
import { readingsOf } from './readings.js';

/**
 * The E.164 forms that a number as people write it may have, whatever may be sent to it today: for
 * finding what was stored under other rules. Empty for what cannot be read.
 */
export function numbersMeant(input: string, defaultCountry: string | null): string[] {
  const typed = normalizePhoneInput(input);
  if (typed === null) return [];
  const readings = readingsOf(typed, defaultCountry === null ? undefined : planOf(defaultCountry));
  return [
    ...new Set([...(typed.startsWith('+') ? [typed] : []), ...readings.map(({ e164 }) => e164)]),
  ];
}
