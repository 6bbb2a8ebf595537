import type { Hostile } from './hostile.js';

/** What of an application takes a stranger's text. */
export interface Field {
  name: string;
  send: (text: string) => Promise<unknown>;
  /** Puts things back before each request; not counted. */
  before?: () => Promise<unknown>;
}

/** How often the work of a short text a hostile one may take. */
const MOST = 3;
/**
 * Whatever else the process does meanwhile counts as well: the least of so many is what the request
 * itself takes.
 */
const TRIES = 8;

/**
 * CPU time of the process for one request, in milliseconds: a busy machine does not make it longer.
 */
async function workOf({ send, before }: Field, text: string): Promise<number> {
  await before?.();
  const start = process.cpuUsage();
  await send(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function least(field: Field, text: string, runs: number): Promise<number> {
  let found = Infinity;
  for (let run = 0; run < runs; run += 1) found = Math.min(found, await workOf(field, text));
  return found;
}

/**
 * What takes more than three times the work of a short text. `send` takes the same bytes and looks
 * into none: reading them in is linear, and no field's fault. Texts that are parsed by themselves
 * are held against as many plain letters.
 */
export async function excesses(
  fields: readonly Field[],
  hostile: readonly Hostile[],
  { send, as }: { send: Field['send']; as: 'the same bytes' | 'plain letters' },
): Promise<string[]> {
  const found: string[] = [];
  const shorts = new Map<Field, number>();
  for (const field of fields) shorts.set(field, await least(field, 'x', 3));
  for (const text of hostile) {
    const unread = as === 'the same bytes' ? text.long : 'a'.repeat(text.long.length);
    const harmless = await least({ name: 'unread', send }, unread, 3);
    for (const field of fields) {
      const excess = await excessOf(field, text, Math.max(harmless, shorts.get(field) ?? 0));
      if (excess !== null) found.push(`${field.name}, ${text.name}: ${excess}`);
    }
  }
  return found;
}

async function excessOf(
  field: Field,
  { long, short }: Hostile,
  ordinary: number,
): Promise<string | null> {
  let work = Infinity;
  let allowed = MOST * ordinary;
  for (let tries = 0; tries < TRIES; tries += 1) {
    work = Math.min(work, await workOf(field, long));
    if (work <= allowed) return null;
    if (tries === 0) allowed = MOST * Math.max(ordinary, await least(field, short, 2));
    if (work > 50 * allowed) break;
  }
  return `${work.toFixed(1)} ms of CPU, ${(allowed / MOST).toFixed(1)} ms are ordinary`;
}
