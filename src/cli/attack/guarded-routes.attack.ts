import type { Attack } from './attack.js';
import { cookieOf } from './calls.js';
import type { Answer, Ask } from './exchange.js';
import type { Ground } from './ground.js';
import { routesFor, unknownRoutes, type Route } from './routes.js';
import { Breach, whereAble } from './verdict.js';

const DUES = /^\/(login|verify|password)\//;

export const guardedRoutes: Attack = {
  name: 'guarded-routes',
  tries:
    'every guarded route as a stranger and with a session that still owes its code, the panel as an ordinary member, ' +
    'each address spelled in several ways',
  rule: 'product rule 1; ASVS 2.3.1, 6.3.4, 8.2.1',
  failsWhen: 'one of them is entered',

  async run(ground) {
    const closed = routesFor('password', 'active', 'staff');
    // What only a newer target has may well be open to a pending session.
    const closedToStrangers = [...closed, ...routesFor('pending'), ...(await unknownRoutes(ground.target))];
    const strangers = await walk(ground, 'a stranger', closedToStrangers, null);
    const pending = await whereAble(async () => {
      const { token } = await ground.cast.pending();
      return `${await walk(ground, 'a pending session', closed, token)} of a pending session`;
    });
    const member = await whereAble(async () => {
      const token = await ground.cast.logIn();
      return `${await walk(ground, 'an ordinary member', routesFor('staff'), token)} of an ordinary member`;
    });
    return `refused: ${strangers} requests of a stranger; ${pending}; ${member}`;
  },
};

async function walk({ target }: Ground, who: string, routes: readonly Route[], token: string | null): Promise<number> {
  const credentials: Record<string, string> =
    token === null ? {} : { cookie: cookieOf(token), authorization: `Bearer ${token}` };
  let refused = 0;
  for (const { method, path } of routes) {
    for (const spelling of spellings(path)) {
      const ask = askFor(method, path.startsWith('/api'));
      const answer = await target.send({ ...ask, path: spelling, headers: { ...ask.headers, ...credentials } });
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
  return { method, headers: { ...headers, 'content-type': type }, body: isApi ? '{}' : 'two_factor_auth=on' };
}

const spellings = (path: string): string[] => [
  path, `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`, `/${path}`,
];

const isRefused = ({ status, location }: Answer): boolean =>
  [400, 401, 403, 404, 405, 415, 429].includes(status) ||
  ([302, 303].includes(status) && DUES.test(new URL(location, 'http://x').pathname));
