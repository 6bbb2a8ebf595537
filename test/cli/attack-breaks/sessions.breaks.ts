import type { Meddling } from '../../support/meddler.js';
import {
  answersTo,
  become,
  changed,
  CONFIRM,
  isCall,
  json,
  swallowed,
  tokenIn,
  type Break,
} from './break.js';

/** Sessions that outlive their end, are chosen by others, or open more than they should. */
export const SESSION_BREAKS: readonly Break[] = [
  {
    attack: 'replay',
    what: 'a log-out that only the client knows of',
    told: /A token still works after log-out/,
    make: () => swallowed('DELETE /api/v1/session', 204),
  },
  {
    attack: 'replay',
    what: 'a log-out that only takes the cookie away',
    told: /A cookie still works after log-out/,
    make: () => swallowed('POST /logout/', 303),
  },
  {
    attack: 'fixation',
    what: 'a session that keeps the cookie it finds',
    told: /The planted cookie became the session/,
    make: () =>
      answersTo('POST /login/', (reply, { headers }) => {
        if (headers.cookie)
          reply.headers['set-cookie'] = [`${headers.cookie}; HttpOnly; SameSite=Lax`];
      }),
  },
  {
    attack: 'fixation',
    what: 'a token that stays the same at the code',
    told: /The token of before the code/,
    make: () => keepingTokens(CONFIRM),
  },
  {
    attack: 'fixation',
    what: 'a token that stays the same at the password',
    told: /A token of before the new password/,
    make: () => keepingTokens('PUT /api/v1/me/password'),
  },
  {
    attack: 'cross-site',
    what: 'nobody asks which site it was',
    told: /POST \/register\/ goes through with sec-fetch-site: cross-site/,
    make: () =>
      changed(({ headers }) => {
        delete headers['sec-fetch-site'];
        delete headers.origin;
      }),
  },
  {
    attack: 'cross-site',
    what: 'an Origin of null is let in',
    told: /goes through with origin: null/,
    make: () => changed(({ headers }) => headers.origin === 'null' && delete headers.origin),
  },
  {
    attack: 'cross-site',
    what: 'a log-in from another site',
    told: /POST \/login\/ goes through with sec-fetch-site/,
    make: () =>
      changed((request) => {
        if (!isCall(request, 'POST /login/')) return;
        delete request.headers['sec-fetch-site'];
        delete request.headers.origin;
      }),
  },
  {
    attack: 'cross-site',
    what: 'answers that any origin may read',
    told: /Another origin may read answers/,
    make: () => ({ after: ({ headers }) => (headers['access-control-allow-origin'] = '*') }),
  },
  {
    attack: 'guarded-routes',
    what: 'a page without its guard',
    told: /a stranger enters GET \/dashboard\//,
    make: () => answersTo('GET /dashboard/', (reply) => become(reply, 200, {})),
  },
  {
    attack: 'guarded-routes',
    what: 'a call that forgets the code',
    told: /a pending session enters GET \/api\/v1\/me/,
    make: () =>
      answersTo('GET /api/v1/me', (reply) => reply.status === 403 && become(reply, 200, {})),
  },
  {
    attack: 'guarded-routes',
    what: 'a call of a newer version without its guard',
    told: /a stranger enters GET \/api\/v2\/secrets\/1/,
    make: () => newerBy('get'),
  },
  {
    attack: 'cross-site',
    what: 'a call of a newer version that asks nobody',
    told: /POST \/api\/v2\/secrets\/1 goes through/,
    make: () => newerBy('post'),
  },
];

/** The target's document names a call that asks for a session, and whoever asks gets in. */
const newerBy = (method: 'get' | 'post'): Meddling => ({
  before: ({ path }) =>
    path === '/api/v2/secrets/1' ? { status: 200, headers: {}, body: '{}' } : undefined,
  after: (reply, request) => {
    if (!isCall(request, 'GET /docs-json')) return;
    const { paths, ...rest } = json(reply.body);
    const secrets = { [method]: { security: [{ bearer: [] }] } };
    become(reply, 200, {
      ...rest,
      paths: { ...(paths as object), '/api/v2/secrets/{id}': secrets },
    });
  },
});

/** The client goes on with the token it had: the proxy knows the one that took its place. */
function keepingTokens(call: string): Meddling {
  const aliases = new Map<string, string>();
  return {
    ...changed((request) => {
      const alias = aliases.get(tokenIn(request));
      if (alias !== undefined) request.headers.authorization = `Bearer ${alias}`;
    }),
    after: (reply, request) => {
      if (!isCall(request, call) || reply.status !== 200) return;
      const { token, ...rest } = json(reply.body);
      aliases.set(tokenIn(request), String(token));
      become(reply, 200, { ...rest, token });
    },
  };
}
