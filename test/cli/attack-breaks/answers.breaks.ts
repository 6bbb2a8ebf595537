import {
  answersTo,
  become,
  changed,
  isCall,
  json,
  LOG_IN,
  swallowed,
  type Break,
} from './break.js';

/** The run's first account, which it knows by this ending. */
const KNOWN = /-01"/;
const HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-opener-policy',
];

/** Answers that tell too much, by words or headers. */
export const ANSWER_BREAKS: readonly Break[] = [
  {
    attack: 'enumeration-by-answer',
    what: 'an answer of its own for unknown users',
    told: /an unknown user differs: "status 404"/,
    make: () => answersTo(LOG_IN, (reply, { body }) => !KNOWN.test(body) && become(reply, 404, {})),
  },
  {
    attack: 'enumeration-by-answer',
    what: 'a word about taken numbers',
    told: /a proven number differs: "status 409"/,
    make: () => {
      const seen = new Set<unknown>();
      return answersTo('POST /api/v1/registration', (reply, { body }) => {
        const { phone_number: number } = json(body);
        if (seen.has(number)) become(reply, 409, { code: 'phone_number_taken' });
        seen.add(number);
      });
    },
  },
  ...HEADERS.map((name) => ({
    attack: 'security-headers',
    what: `no ${name} where an address cannot be read`,
    told: new RegExp(`${name} is missing`),
    make: () => answersTo('GET /%', ({ headers }) => (headers[name] = '')),
  })),
  {
    attack: 'security-headers',
    what: 'a cookie within reach of scripts',
    told: /The cookie session is loose/,
    make: () =>
      answersTo('POST /login/', ({ headers }) => {
        headers['set-cookie'] =
          headers['set-cookie']?.map((cookie) => cookie.replace('; HttpOnly', '')) ?? [];
      }),
  },
  {
    attack: 'security-headers',
    what: 'a cookie that other sites send',
    told: /The cookie session is loose/,
    make: () =>
      answersTo('POST /login/', ({ headers }) => {
        headers['set-cookie'] =
          headers['set-cookie']?.map((cookie) => cookie.replace(/; SameSite=\w+/, '')) ?? [];
      }),
  },
  {
    attack: 'security-headers',
    what: 'pages in the frames of others',
    told: /content-security-policy is missing or too weak/,
    make: () => ({
      after: ({ headers }) => {
        const policy = String(headers['content-security-policy'] ?? '');
        headers['content-security-policy'] = policy.replace(/frame-ancestors[^;]*/, '');
      },
    }),
  },
  {
    attack: 'security-headers',
    what: 'a banner',
    told: /x-powered-by tells/,
    make: () => ({ after: ({ headers }) => (headers['x-powered-by'] = 'Express') }),
  },
  {
    attack: 'verbose-errors',
    what: 'a stack in the answer',
    told: /The error shows its insides/,
    make: () => ({
      after: (reply) =>
        reply.status === 404 && (reply.body += '\n    at find (/srv/app/dist/users.js:12:3)'),
    }),
  },
  {
    attack: 'verbose-errors',
    what: 'TRACE',
    told: /TRACE is answered/,
    make: () => swallowed('TRACE /', 200),
  },
  {
    attack: 'mass-assignment',
    what: 'unknown fields left out in silence',
    told: /A body with id was taken/,
    make: () =>
      changed(
        (request) => isCall(request, 'PATCH /api/v1/me') && (request.body = '{"full_name":""}'),
      ),
  },
  {
    attack: 'mass-assignment',
    what: 'a form that sets rights',
    told: /is_staff was changed by a field/,
    make: () => {
      let isStaff = false;
      return {
        after: (reply, request) => {
          isStaff ||= request.body.includes('is_staff=on');
          if (isCall(request, 'GET /api/v1/me') && isStaff)
            become(reply, 200, { ...json(reply.body), is_staff: true });
        },
      };
    },
  },
];
