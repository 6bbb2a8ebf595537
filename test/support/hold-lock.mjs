import { createRequire } from 'node:module';

// Another process that holds the lock of an embedded database: libsql waits synchronously, so the
// test's own process cannot.
const Database = createRequire(import.meta.url)('libsql');
const db = new Database(process.argv[2]);
db.exec('BEGIN IMMEDIATE');
process.stdout.write('locked\n');
process.stdin.once('data', () => {
  db.exec('COMMIT');
  db.close();
  process.exit(0);
});
