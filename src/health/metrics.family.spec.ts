import fc from 'fast-check';
import * as prometheus from 'prom-client';
import { Counter } from './metrics.counter.js';
import { exposition } from './metrics.family.js';
import { Histogram } from './metrics.histogram.js';
import { Series } from './metrics.series.js';

const BOUNDS = [0.005, 0.1, 1, 2.5];

describe('what Prometheus reads', () => {
  const label = fc.constantFrom(
    'GET',
    '/users/:id',
    'self:http',
    '??',
    'a "quoted" \\ word',
    'two\nlines',
    '',
    'é',
  );
  const number = fc.oneof(
    fc.constantFrom(0, ...BOUNDS, 2.5000001),
    fc.double({ min: 0, max: 20, noNaN: true }),
  );

  it('is written as prom-client writes it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(number, label, label)), async (measured) => {
        const registers = [new prometheus.Registry()];
        const labelNames = ['method', 'route'];
        const theirs = {
          plain: new prometheus.Counter({ name: 'a_total', help: 'A.', registers }),
          counter: new prometheus.Counter({ name: 'b_total', help: 'B.', labelNames, registers }),
          histogram: new prometheus.Histogram({
            name: 'c_seconds',
            help: 'C.',
            labelNames,
            buckets: BOUNDS,
            registers,
          }),
        };
        const plain = new Counter('a_total', 'A.');
        const counter = new Counter('b_total', 'B.', labelNames);
        const histogram = new Histogram('c_seconds', 'C.', labelNames, BOUNDS);
        for (const [value, method, route] of measured) {
          theirs.plain.inc();
          theirs.counter.inc({ method, route });
          theirs.histogram.observe({ method, route }, value);
          plain.add();
          counter.add(method, route);
          histogram.observe(value, method, route);
        }
        expect(exposition([plain, counter, histogram])).toBe(`${await registers[0]!.metrics()}\n`);
      }),
    );
  });

  it('begins at zero where there are no labels, and with nothing where there are', () => {
    expect(exposition([new Counter('a_total', 'A.'), new Counter('b_total', 'B.', ['word'])])).toBe(
      '# HELP a_total A.\n# TYPE a_total counter\na_total 0\n\n# HELP b_total B.\n# TYPE b_total counter\n\n',
    );
  });
});

describe('the sets of label values of one family', () => {
  it('stop growing at 2000: what is new beyond them is counted together', () => {
    const series = new Series(['one', 'two'], () => ({ count: 0 }));
    const add = (one: string) => (series.of(one, 'x').count += 1);
    for (let at = 0; at < 3000; at += 1) add(`word${at}`);
    add('word0');
    const all = [...series.all()];
    expect(all).toHaveLength(2001);
    expect(all[0]).toEqual({ labels: { one: 'word0', two: 'x' }, held: { count: 2 } });
    expect(all.at(-1)).toEqual({ labels: { one: 'other', two: 'other' }, held: { count: 1000 } });
  });
});
