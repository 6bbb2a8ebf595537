import { getMetadataArgsStorage } from 'typeorm';

/** `is_active` of `isActive`: how tables, the API and the panel spell a property. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : '';

export interface EntityColumn {
  property: string;
  column: string;
  /** The entity's value for what either driver gives. */
  read: (stored: unknown) => unknown;
  /** What it is where nobody says; undefined where somebody must. */
  initial: unknown;
}

/** The columns of an entity, as its decorators tell them. */
export const columnsOf = (entity: new () => object): readonly EntityColumn[] =>
  getMetadataArgsStorage()
    .filterColumns(entity)
    .map(({ propertyName, options: { name, type, nullable, default: initial } }) => ({
      property: propertyName,
      column: name ?? propertyName,
      read: READERS[String(type)] ?? ((stored) => stored),
      initial: (initial as unknown) ?? (nullable ? null : undefined),
    }));

const READERS: Readonly<Record<string, EntityColumn['read']>> = {
  boolean: Boolean,
  'simple-json': (stored) => JSON.parse(String(stored)) as unknown,
  // SQLite keeps `2026-01-01 00:00:00.000` in UTC; the MySQL driver gives dates.
  datetime: (stored) => (typeof stored === 'string' ? new Date(`${stored}Z`) : stored),
};
