import type { Filter } from 'adminjs';
import type { Period, Slice } from '../../common/slice.js';
import { clip } from '../../common/limits/text-limits.js';
import { propertyOf, type PanelField, type PanelFields } from './panel-field.js';

/** How AdminJS asks for a part of a list. */
export interface PanelOptions {
  limit?: number;
  offset?: number;
  sort?: { sortBy?: string; direction?: 'asc' | 'desc' };
}

export const sliceOf = ({ limit = 10, offset = 0, sort }: PanelOptions): Slice => ({
  limit,
  offset,
  ...(typeof sort?.sortBy === 'string' ? { sortBy: sort.sortBy } : {}),
  descending: sort?.direction === 'desc',
});

/**
 * What a filter form sent, by the rows' properties; whatever has another shape than its field
 * counts as not given.
 */
export function wantedBy({ filters }: Filter, fields: PanelFields): Record<string, unknown> {
  const wanted = Object.entries(fields)
    .filter(([name, field]) => field.in.includes('filter') && Object.hasOwn(filters, name))
    .map(([name, field]) => [propertyOf(name), wantedValue(filters[name]?.value, field)]);
  return Object.fromEntries(wanted.filter(([, value]) => value !== undefined)) as Record<
    string,
    unknown
  >;
}

function wantedValue(sent: unknown, { type, reference, isUpperCase }: PanelField): unknown {
  if (type === 'datetime') return period(sent);
  const text = (typeof sent === 'string' && clip(sent, 'filter').trim()) || undefined;
  if (text === undefined) return undefined;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  // 0 is no id: what is no whole number finds nothing.
  if (type === 'number' || reference !== undefined)
    return /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
  return isUpperCase ? text.toUpperCase() : text;
}

function period(sent: unknown): Period | undefined {
  if (typeof sent !== 'object' || sent === null) return undefined;
  const [from, to] = ['from', 'to'].map((end) => instant((sent as Record<string, unknown>)[end]));
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function instant(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(clip(value, 'date')) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
