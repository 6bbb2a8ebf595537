// How long the purge keeps others waiting: fills one table after the other with rows that have
// expired, purges them, and looks meanwhile how much the process works between two turns of its
// event loop, in which nobody is served, and how long somebody else's write takes. The work is the
// main thread's time on a processor (Linux): a machine that others use as well adds nothing.   node
// bench/purge-probe.mjs [rows] [tables…]     with DATABASE_URL (an empty database of its own),
// after `npm run build`
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { NestFactory } from '@nestjs/core';
import { entities } from '../dist/src/entities.js';
import { AuditRetention } from '../dist/src/audit/audit-retention.service.js';
import { PurgeService } from '../dist/src/auth/purge.service.js';
import { CliModule } from '../dist/src/cli/cli.module.js';
import { minutes } from '../dist/src/common/clock.js';
import { loadSettings } from '../dist/src/load-settings.js';
import { UnitOfWork } from '../dist/src/database/unit-of-work.js';
import { median } from './stats.mjs';

const [rows = '1000000', ...chosen] = process.argv.slice(2);
const { DATABASE_URL } = process.env;
const settings = loadSettings({
  NODE_ENV: 'test',
  DATABASE_URL,
  SECRET_KEY: 'x'.repeat(32),
  MIGRATE_AT_START: 'on',
});
const app = await NestFactory.createApplicationContext(CliModule.with(settings, entities), {
  logger: false,
});
const db = app.get(DataSource);
const unit = app.get(UnitOfWork, { strict: false });
const isMysql = db.options.type === 'mysql';

const OLD = "'2001-01-01 00:00:00.000'";
const TABLES = {
  users: { registration_expires_at: OLD },
  sessions: {},
  challenges: {},
  known_devices: {},
  sent_messages: {},
  budgets: {},
  idempotent_calls: {},
  limit_decisions: { limit: "'address-hour'", subject: "'192.0.2.7'" },
  conversions: {
    bucket: isMysql
      ? "ADDTIME('2001-01-01 00:00:00.000', SEC_TO_TIME(600 * (n % 200)))"
      : "strftime('%Y-%m-%d %H:%M:%f', '2001-01-01', (600 * (n % 200)) || ' seconds')",
  },
  audit_events: { address: "'192.0.2.7'" },
};

/** A value for a column of row `n`, in SQL. */
function made({ isNullable, type, length }) {
  if (isNullable) return 'NULL';
  if (type === 'datetime') return OLD;
  if (type === 'boolean') return '0';
  if (type === 'simple-json') return "'[]'";
  return length === '' ? 'n' : `SUBSTR(${isMysql ? "CONCAT(n, '')" : "n || ''"}, 1, ${length})`;
}

async function fill(table, given) {
  const { columns } = db.entityMetadatas.find(({ tableName }) => tableName === table);
  const stored = columns.filter(({ isGenerated }) => !isGenerated);
  const names = stored.map(({ databaseName }) => `\`${databaseName}\``).join(', ');
  const values = stored.map((column) => given[column.databaseName] ?? made(column)).join(', ');
  const sequence = isMysql
    ? `SELECT seq AS n FROM seq_1_to_${rows}`
    : `WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${rows}) SELECT n FROM s`;
  await unit.write(
    (manager) =>
      manager.query(
        `INSERT INTO ${table} (${names}) SELECT ${values} FROM (${sequence}) AS numbers`,
      ),
    minutes(10),
  );
}

const REPLACE =
  "REPLACE INTO budgets (`key`, count, blocked_until, expires_at) VALUES ('probe', ?, NULL, '2100-01-01')";

/** Milliseconds that this thread has been on a processor. */
const worked = () =>
  Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;

/** Watches until `end`; the work of every turn, and every wait of a write, in milliseconds. */
function watch(unit) {
  const stalls = [];
  const waits = [];
  let isOver = false;
  const turning = (async () => {
    for (let last = worked(); !isOver; last = worked()) {
      await nextTurn();
      stalls.push(worked() - last);
    }
  })();
  const writing = (async () => {
    for (let count = 0; !isOver; count += 1) {
      const start = performance.now();
      await unit.write((manager) => manager.query(REPLACE, [count]));
      waits.push(performance.now() - start);
      await pause(5);
    }
  })();
  return async () => {
    isOver = true;
    await Promise.all([turning, writing]);
    return { stalls, waits };
  };
}

const part = (times, share) => times.sort((a, b) => a - b)[Math.floor((times.length - 1) * share)];
const show = (times) =>
  `${median(times).toFixed(1)} / ${part(times, 0.999).toFixed(1)} / ${part(times, 1).toFixed(1)}`;

process.stdout.write(
  `| table | rows | s | work of one turn (median / 99.9 % / longest, ms) | somebody else's write, by the clock (the same) |\n| --- | --- | --- | --- | --- |\n`,
);
for (const [table, given] of Object.entries(TABLES)) {
  if (chosen.length > 0 && !chosen.includes(table)) continue;
  await fill(table, given);
  await unit.lookAfterFile();
  const end = watch(unit);
  await pause(200);
  const start = performance.now();
  if (table === 'audit_events') await app.get(AuditRetention, { strict: false }).forgetAddresses();
  else await app.get(PurgeService, { strict: false }).purge();
  const seconds = (performance.now() - start) / 1000;
  const { stalls, waits } = await end();
  process.stdout.write(
    `| ${table} | ${rows} | ${seconds.toFixed(0)} | ${show(stalls)} | ${show(waits)} |\n`,
  );
}
await app.close();
