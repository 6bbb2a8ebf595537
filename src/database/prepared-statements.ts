/** What is used of the embedded database's connection; libsql brings no types. */
export interface EmbeddedConnection {
  prepare: (sql: string) => EmbeddedStatement;
}

interface EmbeddedStatement {
  raw: () => EmbeddedStatement;
  columns: () => { name: string }[];
  get: (...parameters: (string | number)[]) => unknown[] | undefined;
}

interface Prepared {
  statement: EmbeddedStatement;
  names: string[];
  /** A row with every column and no values: copies of it are filled four times as fast as rows that grow column by column. */
  empty: Readonly<Record<string, unknown>>;
}

/**
 * SELECTs of the embedded database that every request makes, prepared once each. libsql takes twice as long to build a row as
 * an object of its own than as an array, and TypeORM's way there as long again.
 */
export class PreparedStatements {
  private readonly prepared = new Map<string, Prepared>();

  constructor(private readonly connection: EmbeddedConnection) {}

  /** The first row, by column name. */
  first(sql: string, parameters: readonly (string | number)[]): Record<string, unknown> | undefined {
    const { statement, names, empty } = this.prepare(sql);
    const values = statement.get(...parameters);
    if (values === undefined) return undefined;
    const row = { ...empty };
    for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at];
    return row;
  }

  private prepare(sql: string): Prepared {
    let prepared = this.prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.connection.prepare(sql);
      const names = statement.columns().map(({ name }) => name);
      prepared = { statement: statement.raw(), names, empty: Object.fromEntries(names.map((name) => [name, null])) };
      this.prepared.set(sql, prepared);
    }
    return prepared;
  }
}
