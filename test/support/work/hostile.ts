/** A string made to cost more than its length. */
export interface Hostile {
  name: string;
  /** As long as there is room for. */
  long: string;
  /** Its beginning: a short input of the same kind. */
  short: string;
}

/**
 * Each repeated: what expressions run along, what folding and normalising make more of, what
 * encoding takes apart.
 */
const RUNS = [
  ' ',
  'a-',
  '.',
  '1',
  '%',
  '\\',
  '[',
  '\n at ',
  '\u0663',
  '\u0130',
  '\ufdfa',
  '\ud800',
  '\u{1f408}',
  'e\u0301',
];
const HEADER_RUNS = [' ', 'a-', '.', '1', ':1', '/', ',', ';q=1', '=', '%', 'mysql://'];

/** Random letters, so that nothing is found early; the same in every run. */
function letters(length: number): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  }).join('');
}

/** Marks of two classes, those that sort first behind the others: normalising has to sort them. */
const marks = (length: number): string =>
  `a${'\u0301'.repeat(length / 2)}${'\u0316'.repeat(length / 2)}`;

/** All of them, each of at most `room` bytes as `bytesOf` counts them. */
export function hostileStrings(room: number, bytesOf: (text: string) => number): Hostile[] {
  const fitting = (unit: string) => Math.floor(room / bytesOf(unit));
  return [
    hostile('letters', letters(fitting('a'))),
    hostile('marks', marks(fitting('\u0301') - 1)),
    ...RUNS.map((unit) => runOf(unit, fitting(unit) - 2)),
  ];
}

/** What a header or an address can carry. */
export const hostileHeaders = (room: number): Hostile[] => [
  hostile('letters', letters(room)),
  ...HEADER_RUNS.map((unit) => runOf(unit, Math.floor(room / unit.length) - 1)),
];

/** A body of its own. */
export const hostileBody = (long: string): Hostile => {
  const short = long.slice(0, 20);
  return { name: JSON.stringify(short), long, short };
};

const hostile = (name: string, long: string): Hostile => ({ name, long, short: long.slice(0, 4) });

const runOf = (unit: string, times: number): Hostile =>
  hostile(JSON.stringify(unit), `${unit.repeat(times)}!`);
