import type { EntityManager } from 'typeorm';
import { connectionOf, type EmbeddedStatement } from './embedded/embedded-connection.js';
import type { UnitOfWork } from './unit-of-work.js';

type Row = Record<string, unknown>;
type Value = string | number;

interface Prepared {
  statement: EmbeddedStatement;
  names: readonly string[];
}

/** What is used of mysql2's connection. */
interface MysqlConnection {
  execute: (
    sql: string,
    values: readonly Value[],
    done: (error: Error | null, rows: Row[]) => void,
  ) => void;
}

/**
 * One SELECT that is prepared once: for the session check, which every request runs, and for it
 * alone (docs/decisions/0015). Portable SQL with `?` for its values.
 */
export class PreparedRead<Found extends object> {
  private prepared: Prepared | undefined;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly sql: string,
  ) {}

  /** The first row, by column name. Throws like UnitOfWork. */
  first(...values: Value[]): Promise<Found | undefined> {
    return this.unit.read((manager) =>
      manager.dataSource.options.type === 'mysql'
        ? this.execute(manager, values)
        : Promise.resolve(this.get(manager, values)),
    ) as Promise<Found | undefined>;
  }

  // libsql takes twice as long to build a row as an object of its own than as an array.
  private get({ dataSource }: EntityManager, values: readonly Value[]): Row | undefined {
    if (!dataSource.isInitialized) throw new Error('The connection is not open.');
    this.prepared ??= prepare(connectionOf(dataSource).prepare(this.sql));
    const { statement, names } = this.prepared;
    const found = statement.get(values);
    return found && Object.fromEntries(names.map((name, at) => [name, found[at]]));
  }

  private async execute(
    { queryRunner }: EntityManager,
    values: readonly Value[],
  ): Promise<Row | undefined> {
    const connection = (await queryRunner?.connect()) as MysqlConnection;
    return new Promise((resolve, reject) =>
      connection.execute(this.sql, values, (error, rows) =>
        error ? reject(error) : resolve(rows[0]),
      ),
    );
  }
}

const prepare = (statement: EmbeddedStatement): Prepared => ({
  statement,
  names: statement
    .raw()
    .columns()
    .map(({ name }) => name),
});
