import { loadSettings } from '../../load-settings.js';
import { firstCountry } from './shown-country.js';

const settings = (environment = {}) =>
  loadSettings({ NODE_ENV: 'test', SECRET_KEY: 'x'.repeat(32), ...environment });

describe('where the list of countries starts', () => {
  it.each([
    ['de-AT', 'AT'],
    ['de-AT,de;q=0.9,en;q=0.8', 'AT'],
    ['fr;q=0.1,pt-BR', 'BR'],
    ['en-gb', 'GB'],
    ['zh-Hant-TW', 'TW'],
    ['fi-AX', 'AX'],
    // A language alone is no country, and a second wish is no home.
    ['de', ''],
    ['de,en-US;q=0.5', ''],
    ['es-419', ''],
    ['*', ''],
    // No country, or none whose numbers we know.
    ['en-ZZ', ''],
    ['en-EU', ''],
    ['en-AQ', ''],
    ['en-001', ''],
    // Rubbish.
    ['', ''],
    [';;q=,', ''],
    ['-AT', ''],
    ['de_AT', ''],
    ['de-AT;q=2', ''],
    ['de-AT;q=0', ''],
    ['x-de-AT', ''],
    ['\u0000', ''],
    [`${'a'.repeat(5000)}-AT`, ''],
    [undefined, ''],
  ])('Accept-Language %j: %j', (header, country) =>
    expect(firstCountry(settings(), header)).toBe(country),
  );

  it("is the operator's default, whatever the browser reads", () => {
    expect(firstCountry(settings({ DEFAULT_COUNTRY: 'IN' }), 'de-AT')).toBe('IN');
  });

  it('is no country that may not register', () => {
    expect(firstCountry(settings({ DENIED_COUNTRIES: 'AT' }), 'de-AT')).toBe('');
    expect(firstCountry(settings({ ALLOWED_COUNTRIES: 'DE' }), 'de-AT')).toBe('');
    expect(firstCountry(settings({ ALLOWED_COUNTRIES: 'AX' }), 'sv-AX')).toBe('AX');
  });
});
