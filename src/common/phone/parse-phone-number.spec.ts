import fc from 'fast-check';
import { parsed, refusal, sentence, type Chosen } from '../../../test/support/typed-number.js';

const e164 = (input: string, chosen?: Chosen): string => parsed(input, chosen).e164;

describe('a phone number', () => {
  it('is read with its calling code and its country', () => {
    expect(parsed('+1 (415) 555-0100')).toEqual({
      e164: '+14155550100',
      countryCode: 1,
      country: 'US',
    });
  });

  it.each<[string, Chosen, string]>([
    ['(415) 555-0100', { countryCode: '1' }, '+14155550100'],
    ['1-415-555-0100', { countryCode: 1 }, '+14155550100'],
    ['98765 43210', { countryCode: '+91' }, '+919876543210'],
    ['98765 43210', { countryCode: ' in ' }, '+919876543210'],
    ['98765 43210', { country: 'IN' }, '+919876543210'],
    ['07400 123456', { defaultCountry: 'US', countryCode: '44' }, '+447400123456'],
    ['(415) 555-0100', { defaultCountry: 'US', countryCode: '' }, '+14155550100'],
    ['07 01 23 45 67', { countryCode: 225 }, '+2250701234567'],
  ])('national: %s %j', (typed, chosen, number) => expect(e164(typed, chosen)).toBe(number));

  it.each<[string, Chosen, string]>([
    ['00 49 1512 3456789', {}, '+4915123456789'],
    ['0049 1512 3456789', { countryCode: 49 }, '+4915123456789'],
    ['0049 1512 3456789', { country: 'US' }, '+4915123456789'],
    ['+0049 1512 3456789', { country: 'US' }, '+4915123456789'],
    ['011 44 7400 123456', {}, '+447400123456'],
    ['011 44 7400 123456', { defaultCountry: 'US' }, '+447400123456'],
    ['011 44 7400 123456', { country: 'DE' }, '+447400123456'],
    ['0011 44 7400 123456', { country: 'AU' }, '+447400123456'],
    ['810 44 7400 123456', { country: 'RU' }, '+447400123456'],
    ['8-10 44 7400 123456', { country: 'KZ' }, '+447400123456'],
    ['010 44 7400 123456', { country: 'JP' }, '+447400123456'],
    ['0021 44 7400 123456', { country: 'BR' }, '+447400123456'],
  ])('behind an international prefix: %s %j', (typed, chosen, number) =>
    expect(e164(typed, chosen)).toBe(number),
  );

  it.each<[string, Chosen, string]>([
    ['4915123456789', { countryCode: 49 }, '+4915123456789'],
    ['49 0151 23456789', { country: 'DE' }, '+4915123456789'],
    ['44 (0)7400 123456', { country: 'GB' }, '+447400123456'],
    ['91 98765 43210', { country: 'IN' }, '+919876543210'],
    ['0919876543210', { countryCode: 91 }, '+919876543210'],
    ['79123456789', { country: 'RU' }, '+79123456789'],
    ['5491123456789', { country: 'AR' }, '+5491123456789'],
    ['541123456789', { country: 'AR' }, '+5491123456789'],
  ])('with its code and no +: %s %j', (typed, chosen, number) =>
    expect(e164(typed, chosen)).toBe(number),
  );

  it.each<[string, string]>([
    ['+49 0151 23456789', '+4915123456789'],
    ['+44 (0)7400 123456', '+447400123456'],
    ['+34 (0)612 345 678', '+34612345678'],
    ['+7 8 912 345-67-89', '+79123456789'],
    ['+36 (06) 20 123 4567', '+36201234567'],
    ['+225 (0)7 01 23 45 67', '+2250701234567'],
    ['+55 0 11 96123-4567', '+5511961234567'],
    ['+39 347 123 4567', '+393471234567'],
  ])('with a trunk prefix behind its code: %s', (typed, number) =>
    expect(e164(typed)).toBe(number),
  );

  it.each<[string, string]>([
    ['tel:+44-7400-123456', '+447400123456'],
    ['TEL:+1-415-555-0100', '+14155550100'],
    ['tel:7400-123456;phone-context=+44', '+447400123456'],
    ['sms:+14155550100', '+14155550100'],
    ['tel:00447400123456', '+447400123456'],
  ])('of a link: %s', (typed, number) => expect(e164(typed)).toBe(number));

  it.each<[string, string, string]>([
    ['464 1234', 'AG', '+12684641234'],
    ['359 1234', 'BS', '+12423591234'],
    ['370-1234', 'BM', '+14413701234'],
  ])('of local digits where the country has one area: %s in %s', (typed, country, number) => {
    expect(e164(typed, { country })).toBe(number);
  });

  it('of local digits alone is refused where there are several areas', () => {
    expect(refusal('464 1234', { country: 'US' })).toBe('phone_number: invalid');
    expect(refusal('464 1234', { countryCode: 1 })).toBe('phone_number: invalid');
    expect(refusal('+1 464 1234', { country: 'AG' })).toBe('phone_number: invalid');
  });
});

describe('a number with +', () => {
  it('decides by itself, whatever country is chosen', () => {
    for (const chosen of [
      { countryCode: 1 },
      { countryCode: 'US' },
      { country: 'US' },
      { defaultCountry: 'US' },
      {},
    ])
      expect(e164('+49 1512 3456789', chosen)).toBe('+4915123456789');
  });
});

describe('the chosen country', () => {
  const unknown = ['999', 'XX', '0', '-1', '1.5', '++1', '883', 'Germany', '1'.repeat(50)];
  it.each(unknown)('is refused as country_code: %s', (countryCode) => {
    expect(refusal('4155550100', { countryCode })).toBe('country_code: invalid');
  });

  it.each(['49', 'XX', 'DEU'])('is refused as country: %s', (country) => {
    expect(refusal('4155550100', { country })).toBe('country: invalid');
  });

  it('must be one, where it is given twice', () => {
    expect(refusal('4155550100', { country: 'DE', countryCode: 1 })).toBe('country: contradiction');
    expect(refusal('415 555 0100', { country: 'CA', countryCode: 1 })).toBe('+14155550100');
  });

  it('is asked for when a national number stands alone', () => {
    for (const typed of [
      '4155550100',
      '1512 3456789',
      '011 2345 6789',
      '4915123456789',
      '8 912 345 67 89',
    ])
      expect(refusal(typed)).toBe('country_code: required');
  });
});

describe('what is no number', () => {
  it('is missing when empty', () => {
    for (const typed of ['', '  ', '\u200b'])
      expect(refusal(typed, { country: 'US' })).toBe('phone_number: required');
  });

  it.each([
    ['letters', '1-415-FLOWERS'],
    ['an extension', '+1 415 555 0100 ext. 5'],
    ['a short extension', '+14155550100x5'],
    ['a link with an extension', 'tel:+14155550100;ext=5'],
    ['a second number', '+14155550100, +14155550101'],
    ['two plus signs', '++14155550100'],
    ['a plus inside', '1+4155550100'],
    ['too few digits', '+1415555010'],
    ['too many digits', '+141555501000'],
    ['an unknown calling code', '+999 1234 5678'],
    ['more than 60 characters', `+1415555${' '.repeat(60)}0100`],
    ['no digits', '+'],
    ['what is too short anywhere', '12'],
    ['a fraction', '+1415555010½'],
  ])('is refused: %s', (_what, input) =>
    expect(refusal(input, { defaultCountry: 'US' })).toBe('phone_number: invalid'),
  );

  it('is answered with an example of the chosen country, or of the code that was typed', () => {
    expect(sentence('12', { country: 'DE' })).toBe(
      'Enter a valid phone number. Mobiles of Germany: e.g. +49 1512 3456789',
    );
    expect(sentence('15 2345 67', { country: 'AR' })).toContain(
      'Argentina: 9 and the area code, e.g. +54 9 11 2345 6789',
    );
    expect(sentence('+49 12', { country: 'US' })).toContain('Mobiles of Germany');
    expect(sentence('030 901820', { country: 'DE' })).toMatch(
      /Enter a mobile number\. Mobiles of Germany: e\.g\. \+49 1512/,
    );
  });
});

it('one number in the digits and signs of many scripts is one number', () => {
  const zeros = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7d8);
  const seen = fc.constantFrom(
    ' ',
    '-',
    '.',
    '(',
    ')',
    '/',
    '\u00a0',
    '\u2009',
    '\u2011',
    '\u2013',
    '\u2212',
  );
  const unseen = fc.constantFrom('', '\u200b', '\u200f', '\u2066', '\ufe0f', '\ufeff');
  const spelling = fc.tuple(
    fc.constantFrom('+', '\uff0b'),
    zeros,
    fc.array(fc.oneof(seen, unseen), { minLength: 12, maxLength: 12 }),
  );
  fc.assert(
    fc.property(spelling, ([plus, zero, gaps]) => {
      const digits = Array.from(
        '919876543210',
        (digit, at) => String.fromCodePoint(zero + Number(digit)) + (gaps[at] ?? ''),
      );
      const input = plus + digits.join('');
      fc.pre(input.length <= 60);
      expect(e164(input)).toBe('+919876543210');
    }),
  );
});
