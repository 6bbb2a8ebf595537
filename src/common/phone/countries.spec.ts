import { countryList } from './countries.js';
import { allCountries } from './numbering-plan.js';

const ALL = { allowedCountries: 'all', deniedCountries: [] } as const;
const labels = (locale: string) => countryList(locale, ALL).map(({ label }) => label);

describe('the list of countries', () => {
  it('has one entry for each country and territory', () => {
    const values = countryList('en', ALL).map(({ value }) => value);
    expect(values.length).toBeGreaterThanOrEqual(245);
    expect([...values].sort()).toEqual(allCountries().sort());
  });

  it('has the name first, then the code, in the order of the names', () => {
    expect(labels('en')).toEqual(
      expect.arrayContaining(['Germany +49', 'Canada +1', 'Åland Islands +358', 'Isle of Man +44']),
    );
    expect(labels('en')).toEqual([...labels('en')].sort(new Intl.Collator('en').compare));
    expect(labels('en').every((label) => /^\p{L}.* \+\d{1,3}$/u.test(label))).toBe(true);
  });

  it('has the names and the order of the language it is asked in', () => {
    expect(labels('de')).toContain('Deutschland +49');
    expect(labels('de')).toContain('Österreich +43');
    expect(labels('de')).toEqual([...labels('de')].sort(new Intl.Collator('de').compare));
  });

  it('leaves out what is not allowed and what is denied', () => {
    const served = { allowedCountries: ['US', 'CA', 'JE'], deniedCountries: ['CA'] };
    expect(countryList('en', served)).toEqual([
      { value: 'JE', label: 'Jersey +44' },
      { value: 'US', label: 'United States +1' },
    ]);
    const withoutOne = countryList('en', { ...ALL, deniedCountries: ['AX'] }).map(
      ({ value }) => value,
    );
    expect(withoutOne).not.toContain('AX');
  });

  const SHARED = ['AX', 'SJ', 'EH', 'VA', 'MF', 'BL', 'CC', 'CX', 'IM', 'GG', 'JE'];
  it.each(SHARED)('has %s by itself where it alone is allowed', (country) => {
    const served = { allowedCountries: [country], deniedCountries: [] };
    expect(countryList('en', served).map(({ value }) => value)).toEqual([country]);
    expect(countryList('en', { ...ALL, deniedCountries: [country] })).toHaveLength(
      countryList('en', ALL).length - 1,
    );
  });

  it('is made once', () => expect(countryList('en', ALL)).toBe(countryList('en', { ...ALL })));
});
