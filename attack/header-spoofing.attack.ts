import type { Attack } from './attack.js';
import { call, visit } from './calls.js';
import { InboxPhones } from './phones.js';
import type { Ground } from './ground.js';
import { Breach, whereAble } from './verdict.js';

const EVIL = 'evil.example';
const HOSTS: Readonly<Record<string, string>> = {
  host: EVIL,
  'x-forwarded-host': EVIL,
  'x-host': EVIL,
  'x-forwarded-server': EVIL,
  'x-http-host-override': EVIL,
  forwarded: `host=${EVIL};proto=https`,
  'x-original-host': EVIL,
  'x-forwarded-prefix': `//${EVIL}`,
};
const PAGES = [
  '/',
  '/login/',
  '/register/',
  '/dashboard/',
  '/logout/',
  '/docs-json',
  '/api/v1/session',
  '/admin',
];
const ROUTES = [
  'x-original-url',
  'x-rewrite-url',
  'x-forwarded-uri',
  'x-override-url',
  'x-forwarded-path',
];
const METHODS = ['x-http-method-override', 'x-http-method', 'x-method-override'];

export const headerSpoofing: Attack = {
  name: 'header-spoofing',
  tries: 'a forged Host, X-Forwarded-*, Forwarded, X-Original-URL and method override',
  rule: 'ASVS 4.1.3, 4.1.4',
  failsWhen: 'an answer names the forged host, serves another address, or a GET acts as a DELETE',

  async run(ground) {
    await forgeHosts(ground);
    await forgeRoutes(ground);
    if (ground.phones instanceof InboxPhones) await forgeInbox(ground);
    const methods = await whereAble(() => forgeMethods(ground));
    return `no forged host or address was believed; methods: ${methods}`;
  },
};

async function forgeHosts({ target }: Ground): Promise<void> {
  for (const path of PAGES) {
    for (const [name, value] of Object.entries(HOSTS)) {
      const answer = await target.send({ method: 'GET', path, headers: { [name]: value } });
      const told = [answer.location, ...answer.cookies, answer.text].join('\n');
      if (told.includes(EVIL)) throw new Breach(`The answer believes a forged ${name}.`, answer);
    }
  }
}

/** `/health/live` is known by its body, and everybody may see it. */
async function forgeRoutes({ target }: Ground): Promise<void> {
  for (const name of ROUTES) {
    const answer = await target.send({
      method: 'GET',
      path: '/login/',
      headers: { [name]: '/health/live' },
    });
    if (answer.json['status'] === 'up')
      throw new Breach(`${name} leads to another address than the one asked for.`, answer);
  }
}

/**
 * The inbox is for its own machine under its own name: what DNS rebinding or a proxy brings must
 * not open it.
 */
async function forgeInbox({ target }: Ground): Promise<void> {
  const forged = {
    host: EVIL,
    'x-forwarded-for': '127.0.0.1',
    forwarded: 'for=127.0.0.1',
    via: '1.1 x',
  };
  for (const [name, value] of Object.entries(forged)) {
    const answer = await target.send({
      method: 'GET',
      path: '/dev/inbox.json',
      headers: { [name]: value },
    });
    if (answer.isSuccess) throw new Breach(`The inbox opens with ${name}.`, answer);
  }
}

async function forgeMethods({ target, cast }: Ground): Promise<string> {
  const token = await cast.logIn();
  const headers = Object.fromEntries(METHODS.map((name) => [name, 'DELETE']));
  const answer = await call(target, 'GET', '/session?_method=DELETE', { token, headers });
  const after = await call(target, 'GET', '/session', { token });
  if (!after.isSuccess && !after.isLimited)
    throw new Breach('A GET ended the session by a method override.', answer);
  const { cookie } = await cast.logInByPage();
  const posing = { cookie, 'x-http-method-override': 'POST' };
  const page = await target.send({ method: 'GET', path: '/logout/?_method=POST', headers: posing });
  const dashboard = await visit(target, '/dashboard/', cookie);
  if (!dashboard.isSuccess && !dashboard.isLimited)
    throw new Breach('A GET logged out by a method override.', page);
  return 'none was overridden';
}
