import { parseArgs } from 'node:util';

const TARGETS = [
  'session',
  'login',
  'registration',
  'sending',
  'start',
  'growth',
  'pumping',
  'silence',
  'limits',
  'numbers',
  'disk',
];

const options = {
  only: { type: 'string', multiple: true },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '5' },
  growth: { type: 'string', default: '10000' },
  pumping: { type: 'string', default: '10000' },
};

const USAGE = `npm run bench -- [--only ${TARGETS.join('|')}]
  [--rounds 5] [--seconds 5] [--growth 10000] [--pumping 10000]`;

/**
 * Which targets, how many rounds of how many seconds, how many users the large database of `growth`
 * has, how many attempts `pumping`.
 */
export function readFlags(args) {
  try {
    const { values } = parseArgs({ args, options });
    const only = values.only ?? TARGETS;
    if (only.some((name) => !TARGETS.includes(name)))
      throw new Error(`There is no target ${only.join(', ')}.`);
    return { targets: TARGETS.filter((name) => only.includes(name)), ...counts(values) };
  } catch (error) {
    process.stderr.write(`${error.message}\n${USAGE}\n`);
    process.exit(2);
  }
}

function counts(values) {
  const entries = ['rounds', 'seconds', 'growth', 'pumping'].map((name) => [
    name,
    Number(values[name]),
  ]);
  const wrong = entries.find(([, count]) => !Number.isInteger(count) || count < 1);
  if (wrong) throw new Error(`--${wrong[0]} must be a whole number above 0.`);
  return Object.fromEntries(entries);
}
