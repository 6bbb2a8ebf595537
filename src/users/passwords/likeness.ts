import { normalForm } from '../../common/text/normal-form.js';

/**
 * Letters of which Unicode has two spellings that no normal form brings together: an older one, a
 * consonant with virama and joiner, and one with a sign of its own (The Unicode Standard, 12.1,
 * 12.2, 12.7 to 12.9). Keyboards write either.
 */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['\u0931\u094d', '\u0930\u094d'], // Devanagari eyelash ra
  ['\u09ce', '\u09a4\u09cd'], // Bengali khanda ta
  ['\u0c5d', '\u0c28\u0c4d'], // Telugu nakaara pollu
  ['\u0cdd', '\u0ca8\u0ccd'], // Kannada nakaara pollu
  ['\u0d54', '\u0d2e\u0d4d'], // Malayalam chillus: m, y, lll, nn, n, rr, l, ll, k
  ['\u0d55', '\u0d2f\u0d4d'],
  ['\u0d56', '\u0d34\u0d4d'],
  ['\u0d7a', '\u0d23\u0d4d'],
  ['\u0d7b', '\u0d28\u0d4d'],
  ['\u0d7c', '\u0d30\u0d4d'],
  ['\u0d7d', '\u0d32\u0d4d'],
  ['\u0d7e', '\u0d33\u0d4d'],
  ['\u0d7f', '\u0d15\u0d4d'],
];

const TO_ONE_SPELLING = new Map(SPELLINGS);
const TWO_SPELLINGS = new RegExp(SPELLINGS.map(([spelling]) => spelling).join('|'), 'gu');

/**
 * One spelling for names in lower case and NFKC that look the same, or differ by joiners or a
 * closing Tibetan dot alone: two accounts must not.
 */
export function likeness(name: string): string {
  const plain = normalForm(name.replace(/[\u200c\u200d]/gu, '').replace(/\u0f0b+$/u, ''), 'NFKC');
  return normalForm(
    plain.replace(TWO_SPELLINGS, (spelling) => TO_ONE_SPELLING.get(spelling) ?? spelling),
    'NFKC',
  );
}
