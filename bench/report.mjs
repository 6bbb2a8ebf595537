import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { COST } from './product.mjs';

const RESULTS = new URL('./results/', import.meta.url);

/** Null where nothing was asked for or measured. */
export function isMet({ ratio, ours, atLeast, atMost, least, most }) {
  if (atLeast !== undefined && ratio) return ratio.median >= atLeast;
  if (atMost !== undefined && ratio) return ratio.median <= atMost;
  if (least !== undefined && ours) return ours.median >= least;
  return most !== undefined && ours ? ours.median <= most : null;
}

export function printTable(rows) {
  const lines = [
    ['', 'ours', 'yardstick', 'ratio (min to max)', 'target', '', ''],
    ...rows.map(cells),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  console.log(`\nbcrypt cost ${COST}, ${machine()}`);
}

function cells(row) {
  const { name, unit, ours, yardstick, ratio, note = '' } = row;
  const value = (spread) => (spread ? `${round(spread.median)} ${unit}` : '–');
  const met = isMet(row);
  const ratios = ratio ? `${round(ratio.median)} (${round(ratio.min)} to ${round(ratio.max)})` : '';
  return [
    name,
    value(ours),
    value(yardstick),
    ratios,
    wanted(row),
    met === null ? '' : met ? 'met' : 'MISSED',
    note,
  ];
}

function wanted({ atLeast, atMost, least, most, unit }) {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  if (atMost !== undefined) return `≤ ${atMost}`;
  if (least !== undefined) return `≥ ${least} ${unit}`;
  return most === undefined ? '' : `≤ ${most} ${unit}`;
}

export function writeResults(rows, flags) {
  mkdirSync(RESULTS, { recursive: true });
  const results = {
    at: new Date().toISOString(),
    node: process.version,
    machine: machine(),
    cost: COST,
    flags,
    rows,
  };
  writeFileSync(new URL('latest.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`);
}

const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;

const round = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
