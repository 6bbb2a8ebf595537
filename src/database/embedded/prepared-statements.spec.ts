import { createRequire } from 'node:module';
import { PreparedStatements, type EmbeddedConnection } from './prepared-statements.js';

type Database = EmbeddedConnection & { exec: (sql: string) => void };
const Libsql = createRequire(import.meta.url)('libsql') as new (file: string) => Database;

const open = () => {
  const database = new Libsql(':memory:');
  database.exec(
    "CREATE TABLE people (id INTEGER, name TEXT, phone TEXT); INSERT INTO people VALUES (1, 'Ada', NULL), (2, 'Bola', '+1')",
  );
  const prepare = database.prepare.bind(database);
  let prepared = 0;
  const counting = { prepare: (sql: string) => ((prepared += 1), prepare(sql)) };
  return { database, statements: new PreparedStatements(counting), prepared: () => prepared };
};

const BY_ID = 'SELECT p.id, p.name AS full_name, p.phone FROM people p WHERE p.id = ?';

describe('statements prepared once', () => {
  it('give the first row by the names of the SELECT, and nothing of the driver beside them', () => {
    const { statements } = open();
    expect(statements.first(BY_ID, [1])).toStrictEqual({ id: 1, full_name: 'Ada', phone: null });
    expect(statements.first(BY_ID, [2])).toStrictEqual({ id: 2, full_name: 'Bola', phone: '+1' });
  });

  it('give undefined where no row matches', () => {
    expect(open().statements.first(BY_ID, [3])).toBeUndefined();
  });

  it('are prepared at their first use only', () => {
    const { statements, prepared } = open();
    for (const id of [1, 2, 1]) statements.first(BY_ID, [id]);
    expect(prepared()).toBe(1);
  });

  it('give all rows, and none', () => {
    const { statements } = open();
    expect(
      statements.all('SELECT id, name FROM people WHERE id <= ? ORDER BY id', [2]),
    ).toStrictEqual([
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Bola' },
    ]);
    expect(statements.all(BY_ID, [3])).toStrictEqual([]);
  });

  it('write, and say what came of it; a value alone may be null', () => {
    const { statements } = open();
    expect(statements.run('INSERT INTO people (id, name) VALUES (?, ?)', [7, 'Cem'])).toEqual({
      affected: 1,
      insertId: 3,
    });
    expect(statements.run('UPDATE people SET phone = ?', [null])).toMatchObject({ affected: 3 });
    expect(statements.first(BY_ID, [2])).toMatchObject({ phone: null });
  });

  it('are forgotten when there are too many of them', () => {
    const { statements, prepared } = open();
    for (let count = 0; count < 500; count += 1) statements.all(`SELECT ${count} AS it`, []);
    expect(statements.all('SELECT 500 AS it', [])).toEqual([{ it: 500 }]);
    expect(statements.all('SELECT 0 AS it', [])).toEqual([{ it: 0 }]);
    expect(prepared()).toBe(502);
  });

  it('see what was written, and tables that were changed, after they were prepared', () => {
    const { database, statements } = open();
    statements.first(BY_ID, [1]);
    database.exec(
      "ALTER TABLE people ADD COLUMN email TEXT; UPDATE people SET name = 'Ada L.' WHERE id = 1",
    );
    expect(statements.first(BY_ID, [1])).toStrictEqual({ id: 1, full_name: 'Ada L.', phone: null });
  });
});
