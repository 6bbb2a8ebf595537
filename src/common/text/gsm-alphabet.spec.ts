import fc from 'fast-check';
import { isOneMessage, measureOf } from './gsm-alphabet.js';

/**
 * 3GPP TS 23.038, table of 6.2.1, row by row as Unicode code points. 0x1B, the escape to the
 * extension, is left out.
 */
const DEFAULT_ALPHABET = `
  0040 00A3 0024 00A5 00E8 00E9 00F9 00EC 00F2 00C7 000A 00D8 00F8 000D 00C5 00E5
  0394 005F 03A6 0393 039B 03A9 03A0 03A8 03A3 0398 039E      00C6 00E6 00DF 00C9
  0020 0021 0022 0023 00A4 0025 0026 0027 0028 0029 002A 002B 002C 002D 002E 002F
  0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 003C 003D 003E 003F
  00A1 0041 0042 0043 0044 0045 0046 0047 0048 0049 004A 004B 004C 004D 004E 004F
  0050 0051 0052 0053 0054 0055 0056 0057 0058 0059 005A 00C4 00D6 00D1 00DC 00A7
  00BF 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F
  0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 00E4 00F6 00F1 00FC 00E0`;

/** 3GPP TS 23.038, table of 6.2.1.1: form feed, ^ { } \ [ ~ ] | and the euro. */
const EXTENSION = '000C 005E 007B 007D 005C 005B 007E 005D 007C 20AC';

const characters = (table: string) =>
  table
    .trim()
    .split(/\s+/)
    .map((hex) => String.fromCodePoint(parseInt(hex, 16)));

const cost = (text: string) => {
  const { length, limit } = measureOf(text);
  return limit === 160 ? length : null;
};

describe('the GSM 7-bit alphabet', () => {
  it("is the standard's, character by character, and nothing else", () => {
    const costs = new Map([
      ...characters(DEFAULT_ALPHABET).map((character) => [character, 1] as const),
      ...characters(EXTENSION).map((character) => [character, 2] as const),
    ]);
    expect(costs.size).toBe(127 + 10);
    const wrong: string[] = [];
    for (let point = 0; point <= 0xffff; point += 1) {
      const character = String.fromCharCode(point);
      if (cost(character) !== (costs.get(character) ?? null)) wrong.push(point.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('counts a text by its parts', () => {
    const known = fc.constantFrom(...characters(DEFAULT_ALPHABET), ...characters(EXTENSION));
    fc.assert(
      fc.property(fc.array(known, { maxLength: 200 }), (parts) => {
        const sum = parts.reduce((total, part) => total + (cost(part) ?? NaN), 0);
        expect(measureOf(parts.join(''))).toEqual({ length: sum, limit: 160 });
      }),
    );
  });

  it('is left for 16-bit units by one foreign character', () => {
    expect(measureOf('código')).toEqual({ length: 6, limit: 70, foreign: 'ó' });
    expect(measureOf('a😀b€')).toEqual({ length: 5, limit: 70, foreign: '😀' });
  });

  it.each([
    ['160 characters', 'a'.repeat(160), true],
    ['161 characters', 'a'.repeat(161), false],
    ['80 euros', '€'.repeat(80), true],
    ['80 euros and a letter', `${'€'.repeat(80)}a`, false],
    ['70 foreign ones', 'ж'.repeat(70), true],
    ['71 foreign ones', 'ж'.repeat(71), false],
    ['a foreign one among 70', `${'a'.repeat(70)}ж`, false],
    ['36 pairs', '😀'.repeat(36), false],
  ])('%s: one message is %s', (_what, text, fits) => expect(isOneMessage(text)).toBe(fits));
});
