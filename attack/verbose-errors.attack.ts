import type { Attack } from './attack.js';
import type { Ask } from './exchange.js';
import { leakIn } from './leak.js';
import { Breach } from './verdict.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const REQUESTS: readonly Ask[] = [
  { method: 'GET', path: '/%' },
  { method: 'GET', path: '/%ff' },
  { method: 'GET', path: '/nothing' },
  { method: 'GET', path: `/${'a'.repeat(5000)}` },
  { method: 'GET', path: `/admin/resources/${'a'.repeat(300)}` },
  { method: 'GET', path: '/static/../../package.json' },
  { method: 'GET', path: '/static/%2e%2e%2f%2e%2e%2fpackage.json' },
  { method: 'GET', path: '/.env' },
  { method: 'GET', path: '/.git/config' },
  { method: 'GET', path: '/api/v1/me', headers: { authorization: `Bearer ${'a'.repeat(4000)}` } },
  { method: 'GET', path: '/dashboard/', headers: { cookie: "session='; DROP TABLE users; --" } },
  { method: 'GET', path: '/login/?next[]=a&next=b' },
  { method: 'GET', path: '/dev/inbox.json?to[]=a' },
  { method: 'POST', path: '/api/v1/session', headers: JSON_HEADERS, body: '{"username":' },
  { method: 'POST', path: '/api/v1/session', headers: JSON_HEADERS, body: '\u0000' },
  { method: 'POST', path: '/delivery/nobody/nothing', headers: JSON_HEADERS, body: '{' },
  { method: 'PUT', path: '/login/' },
  { method: 'OPTIONS', path: '/api/v1/session' },
  { method: 'PROPFIND', path: '/' },
];

export const verboseErrors: Attack = {
  name: 'verbose-errors',
  tries: `${REQUESTS.length} requests that go wrong, and TRACE`,
  rule: 'docs/rules.md 9; ASVS 16.5.1, 13.4.1, 13.4.4',
  failsWhen:
    'an answer shows a stack, a statement or a file of the program, is a crash, or echoes the request',

  async run({ target }) {
    for (const ask of REQUESTS) {
      const answer = await target.send(ask);
      if (answer.status === 500) throw new Breach('It crashed.', answer);
      const leak = leakIn(answer);
      if (leak !== null)
        throw new Breach(`The error shows its insides: "${leak.slice(0, 60)}".`, answer);
      if (/"dependencies"|SECRET_KEY=|\[core\]/.test(answer.text))
        throw new Breach('A file of the program is served.', answer);
    }
    const trace = await target.send({
      method: 'TRACE',
      path: '/',
      headers: { 'x-echo': 'echo-of-trace' },
    });
    if (trace.isSuccess || trace.text.includes('echo-of-trace'))
      throw new Breach('TRACE is answered.', trace);
    return `${REQUESTS.length + 1} errors showed nothing`;
  },
};
