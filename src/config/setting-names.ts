/** Names that are read, but are no part of the settings. */
const OTHERS = ['SUPERUSER_PASSWORD'];
/**
 * Shorter ones are too near to anything: an environment is full of names that are not meant for us.
 */
const LEAST_LETTERS = 7;

interface Names {
  /** Names in the environment. */
  environment: readonly string[];
  /** Names in `.env`, which is written for Ringback alone. */
  file: readonly string[];
  known: readonly string[];
}

/**
 * What is nearly the name of a setting, a sentence for each; a name whose neighbour is set as well
 * is taken for somebody else's. And what `.env` names besides: no setting, but nobody says what was
 * meant.
 */
export function unknownNames({ environment, file, known }: Names): {
  problems: string[];
  strange: string[];
} {
  const ours = [...known, ...OTHERS];
  const given = new Set([...environment, ...file]);
  const unset = ours.filter((name) => !given.has(name));
  const unknown = [...given].filter((name) => !ours.includes(name));
  const inFile = new Set(file);
  const problems: string[] = [];
  const strange: string[] = [];
  for (const name of unknown) {
    const meant =
      name.length >= LEAST_LETTERS || inFile.has(name) ? nearest(name, unset) : undefined;
    if (meant !== undefined)
      problems.push(`${name}: there is no such setting; did you mean ${meant}?`);
    else if (inFile.has(name)) strange.push(name);
  }
  return { problems, strange };
}

/** The known name that one slip (in long names two) makes of it. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const most = name.length >= 10 ? 2 : 1;
  const near = known.map((other) => ({
    other,
    slips: slipsBetween(name.toUpperCase(), other, most),
  }));
  return near.filter(({ slips }) => slips <= most).sort((a, b) => a.slips - b.slips)[0]?.other;
}

/** Letters left out, added, changed, or swapped with their neighbour (optimal string alignment). */
function slipsBetween(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  const rows = [Array.from({ length: right.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= left.length; at += 1) {
    const row = [at];
    for (let to = 1; to <= right.length; to += 1) {
      const cost = left[at - 1] === right[to - 1] ? 0 : 1;
      const isSwapped = left[at - 1] === right[to - 2] && left[at - 2] === right[to - 1];
      row[to] = Math.min(
        (rows[at - 1]?.[to] ?? 0) + 1,
        (row[to - 1] ?? 0) + 1,
        (rows[at - 1]?.[to - 1] ?? 0) + cost,
        isSwapped ? (rows[at - 2]?.[to - 2] ?? 0) + 1 : Infinity,
      );
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}
