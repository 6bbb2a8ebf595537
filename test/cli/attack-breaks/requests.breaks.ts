import type { Passing } from '../../support/meddler.js';
import { answersTo, become, changed, LOG_IN, type Break } from './break.js';

const nextIn = ({ path }: Passing): string =>
  new URL(path, 'http://x').searchParams.get('next') ?? '/dashboard/';

/** Requests that are believed though they should not be. */
export const REQUEST_BREAKS: readonly Break[] = [
  {
    attack: 'header-spoofing',
    what: 'redirects made of the Host',
    told: /The answer believes a forged host/,
    make: () => ({
      after: ({ headers }, request) => {
        if (headers.location)
          headers.location = `http://${request.headers.host ?? ''}${headers.location}`;
      },
    }),
  },
  {
    attack: 'header-spoofing',
    what: 'X-Original-URL obeyed',
    told: /x-original-url leads to another address/,
    make: () =>
      changed(
        (request) => (request.path = String(request.headers['x-original-url'] ?? request.path)),
      ),
  },
  {
    attack: 'header-spoofing',
    what: 'an inbox behind a proxy',
    told: /The inbox opens with host/,
    make: () => changed(({ headers }) => (headers.host = 'localhost')),
  },
  {
    attack: 'header-spoofing',
    what: 'a method override',
    told: /A GET ended the session by a method override/,
    make: () =>
      changed(
        (request) => (request.method = String(request.headers['x-http-method'] ?? request.method)),
      ),
  },
  {
    attack: 'type-confusion',
    what: 'types nobody checks',
    told: /An odd username made it crash/,
    make: () => answersTo(LOG_IN, (reply) => reply.status === 400 && become(reply, 500, {})),
  },
  {
    attack: 'type-confusion',
    what: 'a password that may be an object',
    told: /An odd password was taken/,
    make: () =>
      answersTo(LOG_IN, (reply, { body }) => /"password":\{/.test(body) && become(reply, 201, {})),
  },
  {
    attack: 'growing-work',
    what: 'a long username that holds the process',
    told: /The health check waited \d+ ms, \d+ ms when quiet/,
    make: () => ({
      before: ({ body }) => {
        if (body.length > 40_000) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
        return undefined;
      },
    }),
  },
  {
    attack: 'open-redirect',
    what: 'a next that is followed',
    told: /It leads to https:\/\/evil\.example/,
    make: () =>
      answersTo('POST /login/', ({ headers }, request) => (headers.location = nextIn(request))),
  },
  {
    attack: 'open-redirect',
    what: 'a next taken into the form',
    told: /It leads to https:\/\/evil\.example/,
    make: () =>
      answersTo('GET /login/', (reply, request) => (reply.body += `<a href="${nextIn(request)}">`)),
  },
  {
    attack: 'open-redirect',
    what: 'a next with a backslash',
    told: /It leads to \/\\evil\.example/,
    make: () =>
      answersTo('POST /login/', ({ headers }, request) => {
        if (nextIn(request).includes('\\')) headers.location = nextIn(request);
      }),
  },
];
