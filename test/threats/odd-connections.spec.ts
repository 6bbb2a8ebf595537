import { connect } from 'node:net';
import { startApp, type TestApp } from '../support/start-app.js';

describe('what comes over the socket', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  /** Everything the server says to these bytes, until it or we close. */
  const say = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const { port } = new URL(app.url);
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
      let heard = '';
      socket
        .on('data', (chunk) => (heard += chunk.toString()))
        .on('close', () => resolve(heard))
        .on('error', reject);
    });
  const request = (line: string, ...headers: string[]) =>
    say([line, 'Host: 127.0.0.1', 'Connection: close', ...headers, '', ''].join('\r\n'));

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'OPTIONS', 'SEARCH'])(
    '%s is refused and echoes nothing',
    async (method) => {
      const answer = await request(`${method} /dashboard/ HTTP/1.1`, 'X-Secret: whisper');
      expect(answer).not.toContain('whisper');
      expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    },
  );

  it('headers that do not end are cut off: 431', async () => {
    expect(await request('GET / HTTP/1.1', `X-Long: ${'a'.repeat(20_000)}`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
  });

  it.each([
    'GET / HTTP/9.9\r\n\r\n',
    'nonsense\r\n\r\n',
    '\u0016\u0003\u0001\r\n\r\n',
    'GET  /  HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
  ])('no HTTP, no answer but 400: %j', async (bytes) => {
    const answer = await say(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).not.toMatch(/server:|node|fastify/i);
  });

  it.each([
    ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['Content-Length: 5', 'Content-Length: 6'],
    ['Transfer-Encoding: chunked, identity'],
    ['Content-Length: -1'],
  ])('two ways to read one request are refused: %s %s', async (...headers) => {
    expect(
      await request(
        'POST /login/ HTTP/1.1',
        'Content-Type: application/x-www-form-urlencoded',
        ...headers,
      ),
    ).toMatch(/^HTTP\/1\.1 400/);
  });

  it('two names of a host are one too many', async () => {
    expect(await request('GET / HTTP/1.1', 'Host: evil.example')).toMatch(/^HTTP\/1\.1 400/);
    expect(await request('GET / HTTP/1.1', 'HOST: 127.0.0.1')).toMatch(/^HTTP\/1\.1 400/);
  });

  it.each([
    '',
    'a b',
    'a,b',
    'a, b',
    'a/b',
    'me@a',
    'a:b',
    'a:80:80',
    '[::1',
    '::1',
    'a?b',
    'a#b',
    'h\u00f6st',
    'a'.repeat(300),
  ])('what is no host is none: %j', async (host) =>
    expect(await say(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400/,
    ),
  );

  it.each([
    'localhost',
    'accounts.example:8443',
    '127.0.0.1:',
    '[::1]:3000',
    'a_b.example',
    'xn--hst-sna.example.',
  ])('a host is one: %s', async (host) =>
    expect(await say(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 200/,
    ),
  );

  it.each(['GET /login/ HTTP/1.1', 'GET /health/live HTTP/1.1', 'GET /nothing HTTP/1.1'])(
    'rubbish behind a whole request takes nothing of its answer away: %s',
    async (line) => {
      const whole = `${line}\r\nHost: 127.0.0.1\r\n\r\n`;
      const alone = await say(whole.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
      const both = await say(`${whole}rubbish \u0001\u0002\r\n\r\n`);
      const [first = '', second = '', ...more] = both.split(/(?=HTTP\/1\.1 \d{3} )/);
      expect(first.slice(0, 12)).toBe(alone.slice(0, 12));
      const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n')).length;
      expect(bodyOf(first)).toBe(bodyOf(alone));
      expect(second).toMatch(/^HTTP\/1\.1 400 /);
      expect(more).toEqual([]);
    },
  );

  it('two whole requests and rubbish: two answers, then 400', async () => {
    const whole = 'GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
    const answers = (await say(`${whole}${whole}rubbish \u0001\r\n\r\n`)).match(
      /HTTP\/1\.1 \d{3}/g,
    );
    expect(answers).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  it('goes on serving afterwards', async () => {
    expect((await fetch(app.url)).status).toBe(200);
  });
});
