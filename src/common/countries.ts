import { countriesByCallingCode } from './phone-metadata.js';

export interface CallingCode {
  /** Digits only: `91`. */
  value: string;
  /** The code and the English names of the countries that share it: `+91 India`. */
  label: string;
}

const computed = new Map<string, readonly CallingCode[]>();

/**
 * Each calling code once, for a list to choose from: the default country's first, the others by name. Within a label the
 * default country leads, then the plan's main country, then the others by name. Countries that are not allowed are left out.
 */
export function callingCodes(
  defaultCountry: string,
  allowedCountries: readonly string[] | 'all' = 'all',
): readonly CallingCode[] {
  const key = JSON.stringify([defaultCountry, allowedCountries]);
  const codes = computed.get(key) ?? compute(defaultCountry, allowedCountries);
  computed.set(key, codes);
  return codes;
}

function compute(defaultCountry: string, allowedCountries: readonly string[] | 'all'): readonly CallingCode[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
  const order = new Intl.Collator('en');
  const nameOf = (country: string): string => names.of(country) ?? country;
  const rank = (country: string, main: string | undefined): number => (country === defaultCountry ? 0 : country === main ? 1 : 2);

  return countriesByCallingCode()
    .map(([value, countries]) => ({
      value,
      countries: countries
        .filter((country) => allowedCountries === 'all' || allowedCountries.includes(country))
        .sort((a, b) => rank(a, countries[0]) - rank(b, countries[0]) || order.compare(nameOf(a), nameOf(b))),
    }))
    .filter(({ countries }) => countries.length > 0)
    .map(({ value, countries }) => ({
      value,
      names: countries.map(nameOf).join(', '),
      isDefault: countries[0] === defaultCountry,
    }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || order.compare(a.names, b.names))
    // The code leads: a narrow list shows little more than the beginning.
    .map(({ value, names }) => ({ value, label: `+${value} ${names}` }));
}
