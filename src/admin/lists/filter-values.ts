import type { Filter } from 'adminjs';
import type { Period, Slice } from '../../common/slice.js';
import { clip } from '../../common/text/text-limits.js';

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
 * What a filter form sent, read one name at a time; whatever has another shape than its field
 * counts as not given.
 */
export class FilterValues {
  constructor(private readonly filter: Filter) {}

  /** A trimmed text that is not empty. */
  text(name: string): string | undefined {
    const value = this.value(name);
    return (typeof value === 'string' && clip(value, 'filter').trim()) || undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    return value === 'true' ? true : value === 'false' ? false : undefined;
  }

  /** A positive whole number; 0, which is no id, for any other text. */
  number(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return /^[0-9]{1,9}$/.test(value) ? Number(value) : 0;
  }

  period(name: string): Period | undefined {
    const value = this.value(name);
    if (typeof value !== 'object' || value === null) return undefined;
    const [from, to] = ['from', 'to'].map((end) =>
      instant((value as Record<string, unknown>)[end]),
    );
    return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.filter.filters, name) ? this.filter.filters[name]?.value : undefined;
  }
}

function instant(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(clip(value, 'date')) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

/** Only what was given: the directories take a missing value for "any". */
export const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
