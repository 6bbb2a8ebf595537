/**
 * Sets of label values one family keeps; what is new beyond them is kept together, so that nobody
 * can make it grow.
 */
const MOST = 2000;
const BEYOND = 'other';

/**
 * What a family holds for each set of label values. Without labels there is one set, and it is
 * there from the start.
 */
export class Series<Held> {
  private readonly held = new Map<
    string,
    { labels: Readonly<Record<string, string>>; held: Held }
  >();

  constructor(
    private readonly labelNames: readonly string[],
    private readonly create: () => Held,
  ) {
    if (labelNames.length === 0) this.of();
  }

  /** What is held for these values, given in the order of the label names. */
  of(...values: readonly string[]): Held {
    const key = values.join('\n');
    const known = this.held.get(key);
    if (known) return known.held;
    const isBeyond = this.held.size >= MOST && values.some((value) => value !== BEYOND);
    if (isBeyond) return this.of(...this.labelNames.map(() => BEYOND));
    const labels = Object.fromEntries(this.labelNames.map((name, at) => [name, values[at] ?? '']));
    const held = this.create();
    this.held.set(key, { labels, held });
    return held;
  }

  all(): Iterable<{ labels: Readonly<Record<string, string>>; held: Held }> {
    return this.held.values();
  }
}
