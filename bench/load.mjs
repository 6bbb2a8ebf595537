import autocannon from 'autocannon';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from './http.mjs';
import { quantile } from './stats.mjs';

/**
 * As many GETs as 50 connections can make; each connection has a token of its own. Gives requests
 * per second.
 */
export async function fullSpeed({ url, tokens, seconds, connections = 50 }) {
  let next = 0;
  const setupClient = (client) =>
    client.setHeaders({ authorization: `Bearer ${tokens[next++ % tokens.length]}` });
  const result = await autocannon({ url, connections, duration: seconds, setupClient });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed.`);
  return result.requests.total / result.duration;
}

/** `workers` do one `job` after another for that long. Gives jobs per second. */
export async function inParallel({ workers, seconds, job }) {
  const start = performance.now();
  let done = 0;
  const work = async () => {
    while (performance.now() - start < seconds * 1000) {
      await job();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return (done * 1000) / (performance.now() - start);
}

/**
 * An open loop: `rate` GETs a second whether or not the earlier ones were answered. Gives the 99th
 * percentile in milliseconds.
 */
export async function steadyP99({ url, tokens, rate, seconds }) {
  const start = performance.now();
  const pending = [];
  for (let sent = 0; sent < rate * seconds; sent += 1) {
    await pause(Math.max(0, start + (sent * 1000) / rate - performance.now()));
    pending.push(timed(url, tokens[sent % tokens.length]));
  }
  return quantile(await Promise.all(pending), 0.99);
}

async function timed(url, token) {
  const sent = performance.now();
  await request(url, { token, expect: 200 });
  return performance.now() - sent;
}
