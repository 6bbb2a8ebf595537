import { allCountries, planOf } from './numbering-plan.js';
import { isServedCountry, type Served } from './served.js';

export interface ListedCountry {
  /** Two letters (ISO 3166-1): `DE`. */
  value: string;
  /** The name, for a search by typing its first letters, and the calling code: `Germany +49`. */
  label: string;
}

type ServedCountries = Pick<Served, 'allowedCountries' | 'deniedCountries'>;

const computed = new Map<string, readonly ListedCountry[]>();

/**
 * Every country and territory whose numbers may register, in the names and the order of a language
 * (BCP 47).
 */
export function countryList(
  locale: string,
  { allowedCountries, deniedCountries }: ServedCountries,
): readonly ListedCountry[] {
  const key = JSON.stringify([locale, allowedCountries, deniedCountries]);
  const list = computed.get(key) ?? listed(locale, { allowedCountries, deniedCountries });
  computed.set(key, list);
  return list;
}

function listed(locale: string, served: ServedCountries): readonly ListedCountry[] {
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  const order = new Intl.Collator(locale);
  return allCountries()
    .filter((country) => isServedCountry(country, served))
    .map((value) => ({ value, name: names.of(value) ?? value }))
    .sort((a, b) => order.compare(a.name, b.name))
    .map(({ value, name }) => ({ value, label: `${name} +${planOf(value).callingCode}` }));
}
