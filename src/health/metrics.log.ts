import { Injectable } from '@nestjs/common';
import type { MetricFamily } from './metrics.family.js';

/** The log about itself. */
@Injectable()
export class LogMetrics {
  private output: { readonly dropped: number } = { dropped: 0 };

  /** Whose lines to count; none before that. */
  watch(output: { readonly dropped: number }): void {
    this.output = output;
  }

  families(): readonly MetricFamily[] {
    return [
      {
        name: 'ringback_log_lines_dropped_total',
        help: 'Log lines that nothing took in.',
        type: 'counter',
        samples: () => [{ labels: {}, value: this.output.dropped }],
      },
    ];
  }
}
