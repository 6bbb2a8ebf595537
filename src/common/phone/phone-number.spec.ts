import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { CountryCode, Examples } from 'libphonenumber-js/max';
import { phoneLibrary } from './phone-library.js';
import {
  callingCodeOf,
  countryOf,
  formatPhoneNumber,
  maskPhoneNumber,
  nationalNumberOf,
  prefixOf,
} from './phone-number.js';

const examples = createRequire(import.meta.url)(
  'libphonenumber-js/examples.mobile.json',
) as Examples;
const exampleNumbers = (): [CountryCode, string][] =>
  phoneLibrary()
    .getCountries()
    .map((country) => [country, phoneLibrary().getExampleNumber(country, examples)?.number ?? '']);

beforeAll(phoneLibrary);

describe('the parts of a number', () => {
  it('splits every number behind its calling code', () => {
    for (const [country, number] of exampleNumbers()) {
      const parsed = phoneLibrary().parsePhoneNumberFromString(number);
      expect([country, callingCodeOf(number), nationalNumberOf(number)]).toEqual([
        country,
        Number(parsed?.countryCallingCode),
        parsed?.nationalNumber,
      ]);
      expect(countryOf(number)).toBe(parsed?.country);
    }
  });

  it('gives the prefix without the last four digits', () => {
    expect(prefixOf('+14155550100')).toBe('+1415555');
  });

  it('is written out whole for its owner', () => {
    expect(formatPhoneNumber('+14155550100')).toBe('+1 415 555 0100');
    expect(formatPhoneNumber('junk')).toBe('junk');
  });

  it('has no parts when it is no number', () => {
    expect([callingCodeOf('junk'), nationalNumberOf('junk'), countryOf('junk')]).toEqual([
      0,
      '',
      undefined,
    ]);
  });
});

describe('a masked number', () => {
  it('shows the calling code and the last four digits, whatever its length', () => {
    expect(maskPhoneNumber('+919876543210')).toBe('+91 ••••• •3210');
    expect(maskPhoneNumber('+14155550100')).toBe('+1 ••••• •0100');
    expect(maskPhoneNumber('+4915123456789')).toBe('+49 ••••• •6789');
    expect(maskPhoneNumber('+491512345678')).toBe('+49 ••••• •5678');
    expect(maskPhoneNumber('+29051234')).toBe('+290 ••••• •••34');
  });

  it('never throws and never shows more than four digits behind the calling code', () => {
    const anything = fc.oneof(fc.string(), fc.stringMatching(/^\+?[0-9]{0,16}$/));
    fc.assert(
      fc.property(anything, (input) => {
        const behindCode = maskPhoneNumber(input).split(' ').slice(1).join('');
        expect(behindCode.replace(/[^0-9]/g, '').length).toBeLessThanOrEqual(4);
        expect(maskPhoneNumber(input)).toMatch(/^(\+[0-9]{1,3} )?••••• •/);
      }),
    );
  });
});
