import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { roomyFolder } from './roomy-folder.mjs';

/**
 * A MariaDB of one's own, with its process and folder, on a free port of the loopback; undefined
 * where the machine has none.
 */
export async function startMariaDbServer(flags = []) {
  const server = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/local/bin/mariadbd'].find(
    (file) => existsSync(file),
  );
  if (!server) return undefined;
  const folder = mkdtempSync(path.join(roomyFolder(), 'ringback-mariadb-'));
  const { username } = userInfo();
  const data = path.join(folder, 'data');
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${username}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${username}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${path.join(folder, 'socket')}`,
      '--innodb-buffer-pool-size=128M',
      '--skip-log-bin',
      '--max-connections=300',
      ...flags,
    ],
    { stdio: ['ignore', 'ignore', openSync(path.join(folder, 'error.log'), 'a')], detached: false },
  );
  const url = `mysql://root@127.0.0.1:${port}/`;
  await untilReady(url);
  return { url, child, folder };
}

async function untilReady(url) {
  for (let tries = 0; ; tries += 1) {
    try {
      await (await createConnection(url)).end();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await pause(100);
    }
  }
}

/** Stops a process, and waits until each of its threads stands still: a signal takes its time. */
export async function freeze({ pid }) {
  process.kill(pid, 'SIGSTOP');
  const tasks = `/proc/${pid}/task`;
  const stands = (task) => / [Tt] /.test(readFileSync(`${tasks}/${task}/stat`, 'utf8'));
  while (existsSync(tasks) && !readdirSync(tasks).every(stands)) await pause(10);
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
