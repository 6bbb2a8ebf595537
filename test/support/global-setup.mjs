import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startMariaDbServer } from './mariadb-server.mjs';
import { roomyFolder } from './roomy-folder.mjs';

/**
 * MariaDB and Redis for the tests: running servers by TEST_MYSQL_URL and TEST_REDIS_URL, else the
 * machine's own binaries on private ports.
 */
export default async function globalSetup() {
  process.env.NODE_ENV = 'test';
  process.env.TEST_FOLDER = mkdtempSync(path.join(roomyFolder(), 'ringback-tests-'));
  process.env.TEST_CHROMIUM ??=
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
      existsSync(file),
    ) ?? '';
  if (!process.env.TEST_MYSQL_URL) process.env.TEST_MYSQL_URL = (await startMariaDb()) ?? '';
  if (!process.env.TEST_REDIS_URL) process.env.TEST_REDIS_URL = (await findRedis()) ?? '';
  if (process.env.CI === 'true') {
    const missing = ['TEST_MYSQL_URL', 'TEST_REDIS_URL', 'TEST_CHROMIUM'].filter(
      (name) => !process.env[name],
    );
    if (missing.length > 0)
      throw new Error(`CI needs MariaDB, Redis and Chromium; missing: ${missing.join(', ')}`);
  }
}

async function startMariaDb() {
  const server = await startMariaDbServer(['--innodb-flush-log-at-trx-commit=0']);
  globalThis.__mariaDb = server;
  return server?.url;
}

async function findRedis() {
  if (await isRedis(6379)) return 'redis://127.0.0.1:6379';
  const server = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((file) =>
    existsSync(file),
  );
  if (!server) return undefined;
  const port = await freePort();
  const child = spawn(
    server,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore', detached: false },
  );
  globalThis.__redis = { child };
  for (let tries = 0; !(await isRedis(port)); tries += 1) {
    if (tries > 50) throw new Error('redis-server does not answer.');
    await pause(100);
  }
  return `redis://127.0.0.1:${port}`;
}

function isRedis(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (answer) => {
      resolve(/^\+PONG/.test(answer));
      socket.destroy();
    });
    socket.on('error', () => resolve(false)).on('close', () => resolve(false));
  });
}
