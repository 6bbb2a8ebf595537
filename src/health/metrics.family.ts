/** One line of a family: a suffix of its name, labels, a number. */
export interface Sample {
  suffix?: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** Everything measured under one name. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  samples(): Iterable<Sample>;
}

/**
 * The families as Prometheus reads them: text exposition format 0.0.4, each family followed by an
 * empty line.
 */
export function exposition(families: readonly MetricFamily[]): string {
  return families.map((family) => `${lines(family).join('\n')}\n\n`).join('');
}

function lines(family: MetricFamily): string[] {
  const { name, help, type } = family;
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...Array.from(
      family.samples(),
      ({ suffix = '', labels, value }) => `${name}${suffix}${braces(labels)} ${value}`,
    ),
  ];
}

function braces(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escape(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

const escape = (value: string): string => value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
