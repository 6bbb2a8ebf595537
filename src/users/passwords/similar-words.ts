import { normalForm } from '../../common/text/normal-form.js';
import { nationalNumberOf } from '../../common/phone/phone-number.js';

/** From here on two words count as alike: Django's threshold for the same rule. */
const ALIKE = 0.7;
/** A known word may make up at most this share of a password; the rest must be the person's own. */
const LARGEST_SHARE = 0.25;
const SHORTEST_WORD = 3;
/**
 * Pieces of a name or an address are often ordinary words ("com"), so they count from four
 * characters on.
 */
const SHORTEST_PIECE = 4;
/**
 * Comparing takes time in the product of both lengths, and one ligature can fold to 18 letters.
 * Names have 130 characters.
 */
const LONGEST_WORD = 260;

const SERVICE = 'ringback';

/** What is known of the person who chooses a password. */
export interface AboutPerson {
  username: string;
  fullName: string;
  /** E.164; empty while unknown. */
  phoneNumber: string;
}

/**
 * What a password is too similar to, of the words that an attacker tries first: the person's own
 * and the service's (NIST SP 800-63B-4, 3.1.1.2; ASVS 5.0, 6.2.11).
 */
export function similarTo(password: string, about: AboutPerson): string | null {
  const folded = fold(password);
  const known: [string, string[]][] = [
    ['username', wordsOf(about.username)],
    ['full name', wordsOf(about.fullName)],
    ['phone number', [fold(about.phoneNumber), nationalNumberOf(about.phoneNumber)]],
    ['name of this service', wordsOf(SERVICE)],
  ];
  const match = known.find(([, words]) =>
    words.some((word) => word.length >= SHORTEST_WORD && isClose(folded, word)),
  );
  return match?.[0] ?? null;
}

/**
 * Letters and digits only, without case and accents, so that `415-555-0100` is the phone number and
 * `Renée` is `renee`.
 */
const fold = (text: string): string =>
  normalForm(text, 'NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, LONGEST_WORD);

function wordsOf(text: string): string[] {
  const pieces = normalForm(text, 'NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(fold);
  return [fold(text), ...pieces.filter((piece) => piece.length >= SHORTEST_PIECE)];
}

function isClose(password: string, word: string): boolean {
  if (password.length < SHORTEST_WORD) return false;
  if (word.includes(password)) return true;
  if (password.includes(word)) return word.length > password.length * LARGEST_SHARE;
  return similarity(password, word) >= ALIKE;
}

/**
 * Twice the longest run of characters both have in the same order, gaps allowed, over the length of
 * both: 1 for equal words. Order counts, because long passphrases share most of their letters with
 * any long name.
 */
function similarity(one: string, other: string): number {
  const total = one.length + other.length;
  if (2 * Math.min(one.length, other.length) < ALIKE * total) return 0;
  let previous = new Uint16Array(other.length + 1);
  let row = new Uint16Array(other.length + 1);
  for (let i = 0; i < one.length; i += 1) {
    for (let j = 0; j < other.length; j += 1) {
      const isSame = one.charCodeAt(i) === other.charCodeAt(j);
      row[j + 1] = isSame ? (previous[j] ?? 0) + 1 : Math.max(previous[j + 1] ?? 0, row[j] ?? 0);
    }
    [previous, row] = [row, previous];
  }
  return (2 * (previous.at(-1) ?? 0)) / total;
}
