import { cookieOf } from './calls.js';
import type { Answer, Ask } from './exchange.js';
import type { Route } from './routes.js';
import type { Target } from './target.js';
import { Breach } from './verdict.js';

const DUES = /^\/(login|verify|password)\//;

/**
 * Asks for each of the routes, spelled in several ways, with a token or none; returns how many
 * requests were refused. Throws Breach when one was not.
 */
export async function walk(
  target: Target,
  who: string,
  routes: readonly Route[],
  token: string | null,
): Promise<number> {
  const credentials: Record<string, string> =
    token === null ? {} : { cookie: cookieOf(token), authorization: `Bearer ${token}` };
  let refused = 0;
  for (const { method, path } of routes) {
    for (const spelling of spellings(path)) {
      const ask = askFor(method, path.startsWith('/api'));
      const answer = await target.send({
        ...ask,
        path: spelling,
        headers: { ...ask.headers, ...credentials },
      });
      if (!isRefused(answer)) throw new Breach(`${who} enters ${method} ${spelling}.`, answer);
      refused += 1;
    }
  }
  return refused;
}

function askFor(method: string, isApi: boolean): Pick<Ask, 'method' | 'headers' | 'body'> {
  const headers = { 'sec-fetch-site': 'same-origin' };
  if (method === 'GET') return { method, headers };
  const type = isApi ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method,
    headers: { ...headers, 'content-type': type },
    body: isApi ? '{}' : 'two_factor_auth=on',
  };
}

const spellings = (path: string): string[] => [
  path,
  `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
  `/${path}`,
];

const isRefused = ({ status, location }: Answer): boolean =>
  [400, 401, 403, 404, 405, 415, 429].includes(status) ||
  ([302, 303].includes(status) && DUES.test(new URL(location, 'http://x').pathname));
