import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { CountryCode, Examples } from 'libphonenumber-js/max';
import { AppError } from './app-error.js';
import { phoneLibrary } from './phone-metadata.js';
import {
  callingCodeOf,
  countryOf,
  formatPhoneNumber,
  maskPhoneNumber,
  nationalNumberOf,
  parsePhoneNumber,
  readPhoneNumber,
  type PhoneNumberOptions,
  prefixOf,
  warmPhoneMetadata,
} from './phone-number.js';

const examples = createRequire(import.meta.url)('libphonenumber-js/examples.mobile.json') as Examples;
const exampleNumbers = (): [CountryCode, string][] =>
  phoneLibrary()
    .getCountries()
    .map((country) => [country, phoneLibrary().getExampleNumber(country, examples)?.number ?? '']);

const e164 = (input: string, options?: PhoneNumberOptions): string => parsePhoneNumber(input, options).e164;

function refusal(input: string, options?: PhoneNumberOptions): string {
  try {
    return parsePhoneNumber(input, options).e164;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.params.fields ?? []).map(({ field, code }) => `${field}: ${code}`).join();
  }
}

beforeAll(warmPhoneMetadata);

describe('reading a phone number', () => {
  it('takes international and national spellings', () => {
    expect(parsePhoneNumber('+1 (415) 555-0100')).toEqual({ e164: '+14155550100', countryCode: 1, country: 'US' });
    expect(e164('(415) 555-0100', { countryCode: '1' })).toBe('+14155550100');
    expect(e164('1-415-555-0100', { countryCode: 1 })).toBe('+14155550100');
    expect(e164('98765 43210', { countryCode: '+91' })).toBe('+919876543210');
    expect(e164('+44 (0)7400 123456', { countryCode: 44 })).toBe('+447400123456');
    expect(e164('(415) 555-0100', { defaultCountry: 'US', countryCode: '' })).toBe('+14155550100');
    expect(e164('07400 123456', { defaultCountry: 'US', countryCode: '44' })).toBe('+447400123456');
  });

  it('drops a trunk zero and keeps a zero that belongs to the number', () => {
    expect(e164('07400 123456', { countryCode: 44 })).toBe('+447400123456');
    expect(e164('07 01 23 45 67', { countryCode: 225 })).toBe('+2250701234567');
    expect(nationalNumberOf('+390612345678')).toBe('0612345678');
  });

  it('accepts a mobile number of every country, international and national', () => {
    for (const [country, number] of exampleNumbers()) {
      expect([country, refusal(number)]).toEqual([country, number]);
      const countryCode = callingCodeOf(number);
      expect([country, refusal(nationalNumberOf(number), { countryCode })]).toEqual([country, number]);
    }
  });

  it('accepts the numbers reserved for fiction in North America', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 199 }), (last) => {
        expect(e164(`+1415555${String(last).padStart(4, '0')}`)).toBe(`+1415555${String(last).padStart(4, '0')}`);
      }),
    );
  });

  it('reads many spellings of one number as one number', () => {
    const zeros = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7d8);
    const seen = fc.constantFrom(' ', '-', '.', '(', ')', '/', '\u00a0', '\u2009', '\u2011', '\u2013', '\u2212');
    const unseen = fc.constantFrom('', '\u200b', '\u200f', '\u2066', '\ufe0f', '\ufeff');
    const noise = fc.oneof(seen, unseen);
    const spelling = fc.tuple(fc.constantFrom('+', '\uff0b'), zeros, fc.array(noise, { minLength: 12, maxLength: 12 }));
    fc.assert(
      fc.property(spelling, ([plus, zero, gaps]) => {
        const digits = Array.from('919876543210', (digit, at) => String.fromCodePoint(zero + Number(digit)) + (gaps[at] ?? ''));
        const input = plus + digits.join('');
        fc.pre(input.length <= 40);
        expect(e164(input)).toBe('+919876543210');
      }),
    );
  });

  it('takes an empty number as missing', () => {
    expect(refusal('')).toBe('phone_number: required');
    expect(refusal('  ', { countryCode: 1 })).toBe('phone_number: required');
  });

  it.each([
    ['letters', '1-415-FLOWERS'],
    ['an extension', '+1 415 555 0100 ext. 5'],
    ['a short extension', '+14155550100x5'],
    ['a tel: address', 'tel:+14155550100'],
    ['a second number', '+14155550100, +14155550101'],
    ['two plus signs', '++14155550100'],
    ['a plus inside', '1+4155550100'],
    ['too few digits', '+1415555010'],
    ['too many digits', '+141555501000'],
    ['an unknown calling code', '+999 1234 5678'],
    ['more than 40 characters', `+1415555${' '.repeat(40)}0100`],
    ['no digits', '+'],
    ['a fraction', '+1415555010½'],
  ])('refuses %s', (_what, input) => {
    expect(refusal(input, { defaultCountry: 'US' })).toBe('phone_number: invalid');
  });

  it('does not guess dialling prefixes', () => {
    expect(refusal('0044 7400 123456', { defaultCountry: 'DE' })).toBe('phone_number: invalid');
    expect(refusal('011 44 7400 123456', { defaultCountry: 'US' })).toBe('phone_number: invalid');
  });
});

describe('the country code beside the number', () => {
  it('must agree with an international number', () => {
    expect(refusal('+447400123456', { countryCode: 1 })).toBe('country_code: contradiction');
    expect(refusal('+14155550100', { countryCode: '1' })).toBe('+14155550100');
    expect(refusal('+447400123456', { defaultCountry: 'US' })).toBe('+447400123456');
  });

  it.each(['999', 'US', '0', '-1', '1.5', '++1', '883'])('refuses %s', (countryCode) => {
    expect(refusal('4155550100', { countryCode })).toBe('country_code: invalid');
  });

  it('is asked for when a national number stands alone', () => {
    expect(refusal('4155550100')).toBe('country_code: required');
    expect(refusal('4155550100', { defaultCountry: 'XX' })).toBe('country_code: required');
  });
});

describe('numbers that can receive no code', () => {
  it.each([
    ['premium-rate', '+19005550100'],
    ['toll-free', '+18005550100'],
    ['shared-cost', '+448431234567'],
    ['pager', '+447640123456'],
    ['personal', '+447012345678'],
    ['company-wide (UAN)', '+445512345678'],
    ['voicemail', '+41860790123456'],
    ['fixed line', '+390612345678'],
    ['internet telephony', '+445612345678'],
  ])('refuses a %s number', (_type, number) => {
    expect(refusal(number)).toBe('phone_number: unsupported_type');
  });

  it('refuses satellite and international networks, which no country answers for', () => {
    expect(refusal('+881612345678')).toBe('phone_number: unsupported_country');
    expect(refusal('+883510000000000')).toBe('phone_number: unsupported_country');
  });

  it('looks at the number itself, not at the calling code, to see whether its country is allowed', () => {
    expect(refusal('+14155550100', { allowedCountries: ['US'] })).toBe('+14155550100');
    expect(refusal('+12684641234', { allowedCountries: ['US'] })).toBe('phone_number: unsupported_country');
    expect(refusal('+12684641234', { allowedCountries: 'all' })).toBe('+12684641234');
    expect(refusal('+18005550100', { allowedCountries: ['IN'] })).toBe('phone_number: unsupported_country');
  });
});

describe('a number that is looked for', () => {
  it('is read like any other, also where no code may go to it', () => {
    expect(readPhoneNumber('+39 06 1234 5678')).toBe('+390612345678');
    expect(readPhoneNumber('(800) 555-0100', 'US')).toBe('+18005550100');
    expect(readPhoneNumber('+44 (0)7400 123456', 'US')).toBe('+447400123456');
  });

  it.each(['', 'junk', '4155550100', '+999 1'])('is none: %j', (input) => expect(readPhoneNumber(input)).toBeUndefined());
});

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
    expect([callingCodeOf('junk'), nationalNumberOf('junk'), countryOf('junk')]).toEqual([0, '', undefined]);
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
