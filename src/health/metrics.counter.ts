import type { MetricFamily, Sample } from './metrics.family.js';
import { Series } from './metrics.series.js';

/**
 * Counts upwards, apart for each set of label values. Plain, as it runs with every request and
 * prom-client loads late.
 */
export class Counter implements MetricFamily {
  readonly type = 'counter';
  private readonly series: Series<{ count: number }>;

  constructor(
    readonly name: string,
    readonly help: string,
    readonly labelNames: readonly string[] = [],
  ) {
    this.series = new Series(labelNames, () => ({ count: 0 }));
  }

  /** One more; values in the order of the label names. */
  add(...values: readonly string[]): void {
    this.series.of(...values).count += 1;
  }

  samples(): Sample[] {
    return Array.from(this.series.all(), ({ labels, held }) => ({ labels, value: held.count }));
  }
}
