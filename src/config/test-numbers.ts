/** Numbers that get no message and have a code of their own, for reviewers of app stores and for automatic tests. */
export interface TestNumbers {
  /** Codes by E.164 number. */
  readonly codes: ReadonlyMap<string, string>;
  /** From then on they are numbers like any other; null: never. */
  readonly until: Date | null;
}

const ENTRY = /^(\+[1-9]\d{6,14})=(\d{6})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

interface Given {
  /** `+14155550100=123456;+14155550101=654321` */
  numbers: string | undefined;
  /** A date, `2027-01-31`; they end with that day in UTC. */
  until: string | undefined;
  isProduction: boolean;
}

// `2027-02-30` is read as a day of March.
const isDate = (date: Date | null, written: string): boolean =>
  date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);

/** Reads TEST_NUMBERS and TEST_NUMBERS_UNTIL. Problems name no code. */
export function parseTestNumbers({ numbers = '', until, isProduction }: Given): { testNumbers: TestNumbers; problems: string[] } {
  const entries = numbers.split(';').map((entry) => entry.trim()).filter(Boolean);
  const read = entries.map((entry) => ENTRY.exec(entry));
  const codes = new Map(read.flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : [])));
  const end = until !== undefined && DATE.test(until) ? new Date(`${until}T23:59:59.999Z`) : null;
  const isWrongDate = until !== undefined && !isDate(end, until);
  const problems = [
    ...(read.includes(null) ? ['TEST_NUMBERS: must be +NUMBER=CODE with six digits, separated by semicolons'] : []),
    ...(codes.size < read.filter(Boolean).length ? ['TEST_NUMBERS: names a number twice'] : []),
    ...(isWrongDate ? ['TEST_NUMBERS_UNTIL: must be a date, e.g. 2027-01-31'] : []),
    ...(isProduction && codes.size > 0 && until === undefined ? ['TEST_NUMBERS_UNTIL: is required in production'] : []),
  ];
  return { testNumbers: { codes, until: end }, problems };
}
