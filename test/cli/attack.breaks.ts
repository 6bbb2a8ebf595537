import { setTimeout as pause } from 'node:timers/promises';
import type { Meddling, Passing, Reply } from '../support/meddler.js';

/** One guard taken away: the attack that must find it, what it must say, and how it is done. */
export interface Break {
  attack: string;
  what: string;
  told: RegExp;
  make: () => Meddling;
}

const CONFIRM = '/api/v1/session/confirmation';
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const isCall = ({ method, path }: Passing, wanted: string) => `${method} ${path.split('?')[0] ?? ''}` === wanted;
const tokenIn = ({ headers }: Passing) => (headers.authorization ?? '').replace('Bearer ', '');
const become = (reply: Reply, status: number, body: object) => Object.assign(reply, { status, body: JSON.stringify(body) });
const WRONG_CODE = { code: 'wrong_code', attempts_left: 4 };
const nextIn = ({ path }: Passing) => new URL(path, 'http://x').searchParams.get('next');
const empty = (status: number): Reply => ({ status, headers: {}, body: '' });

/** Meddles with the answers to one call. */
const answersTo = (wanted: string, change: (reply: Reply, request: Passing) => void): Meddling => ({
  after: (reply, request) => {
    if (isCall(request, wanted)) change(reply, request);
  },
});

export const BREAKS: readonly Break[] = [
  {
    attack: 'guessing', what: 'a session that may guess for ever', told: /6 wrong codes of one session were compared/,
    make: () => answersTo(`POST ${CONFIRM}`, (reply) => void (reply.status === 429 && become(reply, 422, WRONG_CODE))),
  },
  {
    attack: 'guessing', what: 'tries refilled by each new session', told: /of one account were compared, by new sessions/,
    make: () => {
      const tries = new Map<string, number>();
      return answersTo(`POST ${CONFIRM}`, (reply, request) => {
        const count = (tries.get(tokenIn(request)) ?? 0) + 1;
        tries.set(tokenIn(request), count);
        if (reply.status === 429 && count <= 5) become(reply, 422, WRONG_CODE);
      });
    },
  },
  {
    attack: 'guessing', what: 'a right code after the last try', told: /The right code was taken after its tries were used up/,
    make: () =>
      answersTo(`POST ${CONFIRM}`, (reply, { body }) => {
        if (reply.status === 429 && !/"00000[01]"/.test(body)) become(reply, 200, { token: 'x' });
      }),
  },
  {
    attack: 'racing-codes', what: 'a code used up after the comparing', told: /\d+ of 50 right codes at once succeeded/,
    make: () => answersTo(`POST ${CONFIRM}`, (reply) => void (reply.status >= 400 && become(reply, 200, { token: 'x' }))),
  },
  {
    attack: 'racing-codes', what: 'a try spent after the comparing', told: /50 of 50 wrong codes at once were compared/,
    make: () => answersTo(`POST ${CONFIRM}`, (reply) => void (reply.status === 429 && become(reply, 422, WRONG_CODE))),
  },
  {
    attack: 'racing-registrations', what: 'a name looked up before it is written', told: /8 of 8 registrations of one username/,
    make: () => answersTo('POST /api/v1/registration', (reply) => void (reply.status === 409 && become(reply, 201, { token: 'x' }))),
  },
  {
    attack: 'replay', what: 'a code that works twice', told: /A used code was taken a second time/,
    make: () => answersTo(`POST ${CONFIRM}`, (reply) => void (reply.status >= 400 && become(reply, 200, { token: 'x' }))),
  },
  {
    attack: 'replay', what: 'a log-out that only the client knows of', told: /A token still works after log-out/,
    make: () => ({ before: (request) => (isCall(request, 'DELETE /api/v1/session') ? empty(204) : undefined) }),
  },
  {
    attack: 'replay', what: 'a log-out that only takes the cookie away', told: /A cookie still works after log-out/,
    make: () => ({ before: (request) => (isCall(request, 'POST /logout/') ? empty(303) : undefined) }),
  },
  {
    attack: 'fixation', what: 'a session that keeps the cookie it finds', told: /The planted cookie became the session/,
    make: () =>
      answersTo('POST /login/', (reply, { headers }) => {
        if (headers.cookie) reply.headers['set-cookie'] = [`${headers.cookie}; HttpOnly; SameSite=Lax`];
      }),
  },
  ...['the code', 'the new password'].map((proof) => ({
    attack: 'fixation', what: `a token that stays the same at ${proof}`, told: /The token of before the code|A token of before the new/,
    make: () => keepingTokens(proof === 'the code' ? `POST ${CONFIRM}` : 'PUT /api/v1/me/password'),
  })),
  {
    attack: 'enumeration-by-time', what: 'a hash for known users only', told: /Time tells who is known/,
    make: () => ({ before: async ({ body }) => void (/-01"/.test(body) && (await pause(25))) }),
  },
  {
    attack: 'enumeration-by-answer', what: 'an answer of its own for unknown users', told: /The log-in of an unknown user differs: "status 404"/,
    make: () => answersTo('POST /api/v1/session', (reply, { body }) => void (!/-01"/.test(body) && become(reply, 404, {}))),
  },
  {
    attack: 'enumeration-by-answer', what: 'a word about taken numbers', told: /The registration of a proven number differs: "status 409"/,
    make: () => {
      const seen = new Set<unknown>();
      return answersTo('POST /api/v1/registration', (reply, { body }) => {
        const { phone_number: number } = json(body);
        if (seen.has(number)) become(reply, 409, { code: 'phone_number_taken' });
        seen.add(number);
      });
    },
  },
  {
    attack: 'header-spoofing', what: 'redirects made of the Host', told: /The answer believes a forged host/,
    make: () => ({
      after: (reply, { headers }) => {
        if (reply.headers.location) reply.headers.location = `http://${headers.host ?? ''}${reply.headers.location}`;
      },
    }),
  },
  {
    attack: 'header-spoofing', what: 'X-Original-URL obeyed', told: /x-original-url leads to another address/,
    make: () => ({ before: (request) => void (request.path = String(request.headers['x-original-url'] ?? request.path)) }),
  },
  {
    attack: 'header-spoofing', what: 'an inbox behind a proxy', told: /The inbox opens with host/,
    make: () => ({ before: (request) => void (request.headers.host = 'localhost') }),
  },
  {
    attack: 'header-spoofing', what: 'a method override', told: /A GET ended the session by a method override/,
    make: () => ({ before: (request) => void (request.method = String(request.headers['x-http-method'] ?? request.method)) }),
  },
  {
    attack: 'mass-assignment', what: 'unknown fields left out in silence', told: /A body with id was taken/,
    make: () => ({
      before: (request) => {
        if (isCall(request, 'PATCH /api/v1/me')) request.body = '{"full_name":""}';
        return undefined;
      },
    }),
  },
  {
    attack: 'mass-assignment', what: 'a form that sets rights', told: /is_staff was changed by a field/,
    make: () => {
      let isStaff = false;
      return {
        after: (reply, request) => {
          isStaff ||= request.body.includes('is_staff=on');
          if (isCall(request, 'GET /api/v1/me') && isStaff) become(reply, 200, { ...json(reply.body), is_staff: true });
        },
      };
    },
  },
  {
    attack: 'type-confusion', what: 'types nobody checks', told: /An odd username made it crash/,
    make: () => answersTo('POST /api/v1/session', (reply) => void (reply.status === 400 && become(reply, 500, {}))),
  },
  {
    attack: 'type-confusion', what: 'a password that may be an object', told: /An odd password was taken/,
    make: () => answersTo('POST /api/v1/session', (reply, { body }) => void (/"password":\{/.test(body) && become(reply, 201, {}))),
  },
  {
    attack: 'open-redirect', what: 'a next that is followed', told: /It leads to https:\/\/evil\.example/,
    make: () => answersTo('POST /login/', (reply, request) => void (reply.headers.location = nextIn(request) ?? '/dashboard/')),
  },
  {
    attack: 'open-redirect', what: 'a next taken into the form', told: /It leads to https:\/\/evil\.example/,
    make: () =>
      answersTo('GET /login/', (reply, request) => void (reply.body = reply.body.replace(/action="/g, `action="${nextIn(request) ?? ''}`))),
  },
  {
    attack: 'cross-site', what: 'nobody asks which site it was', told: /POST \/register\/ goes through with sec-fetch-site: cross-site/,
    make: () => ({
      before: ({ headers }) => {
        delete headers['sec-fetch-site'];
        delete headers.origin;
        return undefined;
      },
    }),
  },
  {
    attack: 'cross-site', what: 'answers that any origin may read', told: /Another origin may read answers/,
    make: () => ({ after: (reply) => void (reply.headers['access-control-allow-origin'] = '*') }),
  },
  {
    attack: 'guarded-routes', what: 'a page without its guard', told: /a stranger enters GET \/dashboard\//,
    make: () => answersTo('GET /dashboard/', (reply) => void become(reply, 200, {})),
  },
  {
    attack: 'guarded-routes', what: 'a call that forgets the code', told: /a pending session enters GET \/api\/v1\/me/,
    make: () => answersTo('GET /api/v1/me', (reply) => void (reply.status === 403 && become(reply, 200, {}))),
  },
  ...['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy'].map((name) => ({
    attack: 'security-headers', what: `no ${name}`, told: new RegExp(`${name} is missing`),
    make: (): Meddling => ({
      after: ({ headers }, { path }) => {
        if (path === '/%') headers[name] = '';
      },
    }),
  })),
  {
    attack: 'security-headers', what: 'a cookie within reach of scripts', told: /The cookie session is loose/,
    make: () =>
      answersTo('POST /login/', ({ headers }) => {
        headers['set-cookie'] = headers['set-cookie']?.map((cookie) => cookie.replace('; HttpOnly', '')) ?? [];
      }),
  },
  {
    attack: 'security-headers', what: 'a banner', told: /x-powered-by tells/,
    make: () => ({ after: ({ headers }) => void (headers['x-powered-by'] = 'Express') }),
  },
  {
    attack: 'verbose-errors', what: 'a stack in the answer', told: /The error shows its insides/,
    make: () => ({ after: (reply) => void (reply.status === 404 && (reply.body += '\n    at find (/srv/app/dist/users.js:12:3)')) }),
  },
  {
    attack: 'verbose-errors', what: 'TRACE', told: /TRACE is answered/,
    make: () => ({ before: ({ method }) => (method === 'TRACE' ? empty(200) : undefined) }),
  },
];

/** The client goes on with the token it had: the proxy knows the one that took its place. */
function keepingTokens(call: string): Meddling {
  const aliases = new Map<string, string>();
  return {
    before: (request) => {
      const token = tokenIn(request);
      if (aliases.has(token)) request.headers.authorization = `Bearer ${aliases.get(token) ?? ''}`;
      return undefined;
    },
    after: (reply, request) => {
      if (!isCall(request, call) || reply.status !== 200) return;
      const shown = tokenIn(request);
      aliases.set(shown, String(json(reply.body)['token']));
      become(reply, 200, json(reply.body));
    },
  };
}
