import { readFileSync } from 'node:fs';
import { ApiPerson } from '../support/api-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { wrong } from '../support/ways.js';

const TOKEN = 'a-token-of-enough-characters';

interface Asked {
  url?: string;
  peer?: string;
  headers?: Record<string, string>;
}

/** Past the socket, for peers that are not this machine. */
async function ask(
  { app }: TestApp,
  { url = '/metrics', peer = '192.0.2.7', headers = {} }: Asked,
) {
  const request = { url, remoteAddress: peer, headers: { host: 'accounts.example', ...headers } };
  const { statusCode, body, headers: answered } = await app.inject(request);
  return { status: statusCode, type: answered['content-type'], body };
}

describe('what /metrics tells', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const scrape = async () => (await fetch(`${app.url}/metrics`)).text();

  it('is text that Prometheus reads, never kept', async () => {
    const { status, headers } = await fetch(`${app.url}/metrics`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ]);
    const text = await scrape();
    // An event loop nobody has watched yet has a mean of `Nan`, which Prometheus reads as any other
    // spelling.
    const line =
      /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\n]*",?)+\})? ([-+.\de]+|[-+]Inf|Na[Nn])|)$/;
    expect(text.split('\n').filter((one) => !line.test(one))).toEqual([]);
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds']),
    );
  });

  it('is what people did, in numbers, and of nobody who it was', async () => {
    const person = new ApiPerson(app.url);
    const form = somebody('metrics-person');
    await person.register(form);
    await person.confirm(wrong(app.codeFor(form.phoneNumber)));
    await person.confirm(app.codeFor(form.phoneNumber));
    await person.logIn(form.username, 'not the password');
    await person.logIn(form.username, PASSWORD);
    const text = await scrape();
    const message = 'provider="self:inbox",channel="sms",country="US"';
    const route = 'method="POST",route="/api/v1/session/confirmation"';
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        `ringback_codes_sent_total{${message}} 1`,
        `ringback_codes_confirmed_total{${message}} 1`,
        'ringback_codes_wrong_total 1',
        'ringback_passwords_wrong_total 1',
        'ringback_logins_total 1',
        `ringback_http_requests_total{${route},status="422"} 1`,
        `ringback_http_requests_total{${route},status="200"} 1`,
        `ringback_http_request_duration_seconds_count{${route}} 2`,
      ]),
    );
    for (const own of [form.username, form.phoneNumber.slice(1), person.token() ?? '', '127.0.0.1'])
      expect(text).not.toContain(own);
  });

  it('names no address that was typed: what has no route is `none`', async () => {
    await fetch(`${app.url}/secret-in-the-address?token=abc`);
    const text = await scrape();
    expect(text).toMatch(
      /^ringback_http_requests_total\{method="GET",route="none",status="404"\} \d+$/m,
    );
    expect(text).not.toContain('secret-in-the-address');
  });

  it('is what docs/metrics.md says', async () => {
    const told = [...(await scrape()).matchAll(/^# TYPE (ringback_\w+)/gm)].map(([, name]) => name);
    const documented = [
      ...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(ringback_\w+)` \|/gm),
    ].map(([, name]) => name);
    expect(told.sort()).toEqual(documented.sort());
  });

  it('is for this machine only, where no METRICS_TOKEN is set', async () => {
    for (const token of ['', 'null', 'undefined', TOKEN])
      expect((await ask(app, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
  });
});

describe('whom /metrics lets in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => app.close());

  it.each([
    ['127.0.0.1', 'localhost:3000'],
    ['::1', '[::1]:3000'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
  ])('this machine: peer %s, Host %s', async (peer, host) => {
    expect((await ask(app, { peer, headers: { host } })).status).toBe(200);
  });

  it.each(['Bearer', 'bearer'])('another machine with the token: %s', async (scheme) => {
    const headers = { authorization: `${scheme} ${TOKEN}`, 'x-forwarded-for': '192.0.2.9' };
    expect((await ask(app, { headers })).status).toBe(200);
  });

  const proxied = (name: string): [string, Asked] => [
    `what a proxy brought by ${name}`,
    { peer: '127.0.0.1', headers: { host: 'localhost', [name]: '127.0.0.1' } },
  ];
  it.each<[string, Asked]>([
    ['another machine', {}],
    ['a Host that was rebound', { peer: '127.0.0.1', headers: { host: 'evil.example' } }],
    [
      'a name that begins like loopback',
      { peer: '127.0.0.1', headers: { host: 'localhost.evil.example' } },
    ],
    [
      'an address that only begins like loopback',
      { peer: '127.0.0.1.example', headers: { host: 'localhost' } },
    ],
    ...['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].map(proxied),
    ['a wrong token', { headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}X` } }],
    ['a part of the token', { headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` } }],
    ['more than the token', { headers: { authorization: `Bearer ${TOKEN}X` } }],
    ['an empty token', { headers: { authorization: 'Bearer ' } }],
    ['another scheme', { headers: { authorization: `Basic ${TOKEN}` } }],
    ['the token as a cookie', { headers: { cookie: `session=${TOKEN}` } }],
  ])('not %s: for them it is a page that does not exist', async (_who, request) => {
    const missing = await ask(app, { ...request, url: '/metricz' });
    expect(missing.status).toBe(404);
    expect(alike(await ask(app, request))).toEqual(alike(missing));
  });

  it('and its token is in no log line', () => expect(app.logs.join('\n')).not.toContain(TOKEN));
});

/** Without what differs between two answers with the same page: the request's id and the nonce. */
const alike = ({ body, ...rest }: { body: string }) => ({
  ...rest,
  body: body
    .replace(/[0-9a-f-]{36}/g, 'ID')
    .replace(/nonce="[^"]*"/g, 'nonce')
    .replaceAll('/metricz', '/metrics'),
});
