import { Injectable } from '@nestjs/common';
import { createRequire } from 'node:module';
import type * as prometheus from 'prom-client';

const require = createRequire(import.meta.url);

// By their own names: the library's front door loads clusters, push gateways and all that a process
// measures of itself, which is 7 MB and 35 ms or more of every start.
const load = (name: string): unknown => require(`prom-client/lib/${name}.js`);
const Registry = load('registry') as typeof prometheus.Registry;
const Counter = load('counter') as typeof prometheus.Counter;
const Gauge = load('gauge') as typeof prometheus.Gauge;
const Histogram = load('histogram') as typeof prometheus.Histogram;

/**
 * What one application measures. Prometheus' client has a registry for the process, but two
 * applications of one process must not count together. Labels are words from lists of ours, never
 * what somebody sent: no family grows without end.
 */
@Injectable()
export class Metrics extends Registry {
  counter(name: string, help: string, labelNames: readonly string[] = []): prometheus.Counter {
    return new Counter({ name, help, labelNames, registers: [this] });
  }

  gauge(name: string, help: string, labelNames: readonly string[]): prometheus.Gauge {
    return new Gauge({ name, help, labelNames, registers: [this] });
  }

  histogram(
    name: string,
    help: string,
    labelNames: readonly string[],
    buckets: number[],
  ): prometheus.Histogram {
    return new Histogram({ name, help, labelNames, buckets, registers: [this] });
  }

  /** A number that somebody else counts upwards, read when it is asked for. */
  countedElsewhere(name: string, help: string, count: () => number): void {
    new Counter({
      name,
      help,
      registers: [this],
      collect() {
        this.reset();
        this.inc(count());
      },
    });
  }
}
