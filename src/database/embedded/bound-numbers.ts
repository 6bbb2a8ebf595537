import type { DataSource } from 'typeorm';

/**
 * Makes TypeORM bind whole numbers on the embedded database as it binds text. It writes them into
 * the SQL instead, so that every id makes a statement of its own, prepared once and never met
 * again; that takes longer than running it.
 */
export function bindNumbers(dataSource: DataSource): DataSource {
  if (dataSource.options.type !== 'better-sqlite3') return dataSource;
  const { driver } = dataSource;
  const escape = driver.escapeQueryWithParameters.bind(driver);
  driver.escapeQueryWithParameters = (sql, parameters) => escape(sql, withoutNumbers(parameters));
  return dataSource;
}

// TypeORM knows only `number`; libsql takes a bigint for the same integer.
const withoutNumbers = (parameters: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      Number.isSafeInteger(value) ? BigInt(value as number) : value,
    ]),
  );
