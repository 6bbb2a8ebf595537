import { toAsciiDigits, zeroOf } from './decimal-digit.js';

describe('decimal digits', () => {
  it.each([
    ['Arabic-Indic', '٠١٢٣٤٥٦٧٨٩'],
    ['Persian', '۰۱۲۳۴۵۶۷۸۹'],
    ['Devanagari', '०१२३४५६७८९'],
    ['full-width', '０１２３４５６７８９'],
    ['mathematical, five systems in one run', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
    ['the last of these five', '𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿'],
    ['ASCII', '0123456789'],
  ])('of %s numbers are read', (_system, digits) => {
    expect(toAsciiDigits(digits)).toBe('0123456789');
    expect(new Set(Array.from(digits, zeroOf))).toEqual(new Set([digits.codePointAt(0)]));
  });

  it('are all that is changed', () => {
    expect(toAsciiDigits('+٤ Ⅳ ½ ² five')).toBe('+4 Ⅳ ½ ² five');
  });
});
