import type { MetricFamily, Sample } from './metrics.family.js';
import { Series } from './metrics.series.js';

interface Spread {
  /** How many fell between each bound and the one below it; last, those above all bounds. */
  counts: number[];
  sum: number;
}

/** How measured values spread over buckets, apart for each set of label values. */
export class Histogram implements MetricFamily {
  readonly type = 'histogram';
  private readonly series: Series<Spread>;

  /** `bounds` are the upper ends of the buckets, ascending; a value on a bound belongs below it. */
  constructor(
    readonly name: string,
    readonly help: string,
    labelNames: readonly string[],
    private readonly bounds: readonly number[],
  ) {
    this.series = new Series(labelNames, () => ({
      counts: Array.from({ length: bounds.length + 1 }, () => 0),
      sum: 0,
    }));
  }

  /** One value, in the unit that the name tells; labels in the order of their names. */
  observe(value: number, ...values: readonly string[]): void {
    const spread = this.series.of(...values);
    let at = 0;
    while (at < this.bounds.length && value > (this.bounds[at] ?? 0)) at += 1;
    spread.counts[at] = (spread.counts[at] ?? 0) + 1;
    spread.sum += value;
  }

  samples(): Sample[] {
    return Array.from(this.series.all(), ({ labels, held }) => this.samplesOf(labels, held)).flat();
  }

  /** Buckets are cumulative in the exposition format. */
  private samplesOf(labels: Readonly<Record<string, string>>, { counts, sum }: Spread): Sample[] {
    let count = 0;
    const buckets = counts.map((inBucket, at) => ({
      suffix: '_bucket',
      labels: { le: String(this.bounds[at] ?? '+Inf'), ...labels },
      value: (count += inBucket),
    }));
    return [
      ...buckets,
      { suffix: '_sum', labels, value: sum },
      { suffix: '_count', labels, value: count },
    ];
  }
}
