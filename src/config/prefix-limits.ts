/** Messages a day to all numbers that begin so, for registrations; 0 refuses them. */
export interface PrefixLimit {
  /** `+` and the first digits, calling code included. */
  readonly prefix: string;
  readonly most: number;
}

const ENTRY = /^(\+[1-9]\d{0,13})=(\d{1,7})$/;

/** Reads PREFIX_LIMITS: `+1264=20;+88213=0`. */
export function parsePrefixLimits(text = ''): {
  prefixLimits: readonly PrefixLimit[];
  problems: string[];
} {
  const entries = text
    .split(';')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const read = entries.map((entry) => ENTRY.exec(entry));
  const prefixLimits = read.flatMap((match) =>
    match ? [{ prefix: match[1] ?? '', most: Number(match[2]) }] : [],
  );
  const isTwice = new Set(prefixLimits.map(({ prefix }) => prefix)).size < prefixLimits.length;
  return {
    prefixLimits,
    problems: [
      ...(read.includes(null)
        ? ['PREFIX_LIMITS: must be +PREFIX=MESSAGES-A-DAY, separated by semicolons']
        : []),
      ...(isTwice ? ['PREFIX_LIMITS: names a prefix twice'] : []),
    ],
  };
}
