import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./wrk.lua', import.meta.url));
/** Linux counts the processor time of a process in hundredths of a second. */
const TICK = 0.01;

/** Whether wrk is installed and the system tells the processor time of a process. */
export const hasWrk = () =>
  process.platform === 'linux' && spawnSync('wrk', ['--version']).error === undefined;

/**
 * As many GETs as 50 connections can make, by a client that costs less than the server; each
 * connection goes through the tokens. Gives requests per second of the server's processor time.
 */
export async function requestsPerCpuSecond({ url, tokens, seconds, server: { child } }) {
  const before = cpuSeconds(child);
  const args = [
    '-t1',
    '-c50',
    '--timeout',
    '30s',
    `-d${seconds}s`,
    '-s',
    SCRIPT,
    url,
    '--',
    ...tokens,
  ];
  const [requests, failed] = (await output('wrk', args)).split('\n').at(-2).split(' ').map(Number);
  if (failed > 0) throw new Error(`${url}: ${failed} of ${requests} requests failed.`);
  return requests / (cpuSeconds(child) - before);
}

function cpuSeconds({ pid }) {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * TICK;
}

function output(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve(text));
  });
}
