import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const running = new Set();
const folders = [];

/** A folder of this run; gone at its end. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringback-bench-'));
  folders.push(folder);
  return folder;
}

/**
 * Starts `node` with nothing of this environment but PATH and what is given; its output goes to a
 * file in `folder`.
 */
export function startNode(args, { env = {}, folder }) {
  const log = path.join(folder, `${path.basename(args.find((arg) => !arg.startsWith('--')))}.log`);
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', output, output],
  });
  running.add(child);
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  void ended.then(() => running.delete(child));
  return { child, log, ended };
}

/** Runs a script to its end and gives its last line as JSON, if it is. */
export async function runNode(args, options) {
  const { log, ended } = startNode(args, options);
  const code = await ended;
  const output = readFileSync(log, 'utf8');
  if (code !== 0)
    throw new Error(`${path.basename(args[0])} ended with ${code}:\n${output.slice(-2000)}`);
  return output.trim().split('\n').at(-1);
}

export async function stop({ child, ended }) {
  child.kill('SIGKILL');
  await ended;
}

/** Whatever happened: no process and no file of this run stays. */
export function stopEverything() {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders.splice(0))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until the address answers 200; gives the milliseconds since `since`. */
export async function until200(url, { ended, log }, since = performance.now()) {
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver && performance.now() - since < 60_000) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return performance.now() - since;
    await pause(5);
  }
  throw new Error(`No 200 from ${url}:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

/** Resident memory in megabytes (10^6 bytes); NaN where there is no /proc. */
export function residentMemory({ child }) {
  try {
    return (
      (Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) *
        1024) /
      1e6
    );
  } catch {
    return NaN;
  }
}
