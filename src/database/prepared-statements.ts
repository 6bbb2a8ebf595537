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
    const { statement, names } = this.prepare(sql);
    const values = statement.get(...parameters);
    if (values === undefined) return undefined;
    const row: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) row[name] = values[index];
    return row;
  }

  private prepare(sql: string): Prepared {
    let prepared = this.prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.connection.prepare(sql);
      prepared = { statement: statement.raw(), names: statement.columns().map(({ name }) => name) };
      this.prepared.set(sql, prepared);
    }
    return prepared;
  }
}
