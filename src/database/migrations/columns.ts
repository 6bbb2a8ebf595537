import type { QueryRunner, TableColumnOptions } from 'typeorm';

type Options = Partial<TableColumnOptions>;

/** Column builders that come out right on SQLite and on MySQL: one migration set for both. */
export function columns(runner: QueryRunner) {
  const sqlite = runner.dataSource.options.type === 'better-sqlite3';
  const int = sqlite ? 'integer' : 'int';
  const words: Options = sqlite ? {} : { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' };
  const binary: Options = sqlite ? {} : { charset: 'utf8mb4', collation: 'utf8mb4_bin' };
  return {
    id: (): TableColumnOptions => ({
      name: 'id',
      type: int,
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    }),
    int: (name: string, options: Options = {}): TableColumnOptions => ({
      name,
      type: int,
      ...options,
    }),
    text: (name: string, length: number, options: Options = {}): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: `${length}`,
      ...words,
      ...options,
    }),
    /** Compared byte by byte on every database. */
    key: (name: string, length: number, options: Options = {}): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: `${length}`,
      ...binary,
      ...options,
    }),
    flag: (name: string, on: boolean): TableColumnOptions => ({
      name,
      type: sqlite ? 'boolean' : 'tinyint',
      ...(sqlite ? {} : { width: 1 }),
      default: on ? '1' : '0',
    }),
    instant: (name: string, options: Options = {}): TableColumnOptions => ({
      name,
      type: 'datetime',
      precision: 3,
      ...options,
    }),
    json: (name: string): TableColumnOptions => ({ name, type: 'text', ...words }),
  };
}
