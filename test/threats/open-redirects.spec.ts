import { request } from 'node:http';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD } from '../support/people.js';
import type { Registration } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { makeAccount } from '../support/ways.js';

const ELSEWHERE = [
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/%09/../..//evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/login/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/a/../\\evil.example',
  ' //evil.example',
  '/\n/evil.example',
  '@evil.example',
  'evil.example',
  '/%0d%0aset-cookie:a=b'.replace('%0d%0a', '\r\n'),
  `/${'a'.repeat(600)}`,
  'http://[',
  '/é//',
  '',
];

describe('where a log-in leads', () => {
  let app: TestApp;
  let account: Registration;
  let twoFactor: Registration;
  beforeAll(async () => {
    app = await startApp({ environment: { PASSWORD_BUDGETS: 'off' } });
    account = await makeAccount(app);
    twoFactor = await makeTwoFactorAccount(app);
  });
  afterAll(() => app.close());

  const logIn = async (next: string, { username }: Registration) => {
    const person = new PagePerson(app.url);
    const page = await person.post(`/login/?next=${encodeURIComponent(next)}`, {
      username,
      password: PASSWORD,
    });
    return { person, page };
  };

  it.each(ELSEWHERE)('never to another site: %j', async (next) => {
    const { page } = await logIn(next, account);
    expect(['/dashboard/', '/evil.example']).toContain(page.location);
    const shown = await new PagePerson(app.url).get(`/login/?next=${encodeURIComponent(next)}`);
    expect(shown.html).not.toMatch(
      /(href|action)="(?!\/login\/\?next=%2Fevil)[^"]*(evil|javascript:|data:text)/,
    );
  });

  it('never there after the code either', async () => {
    const { person, page } = await logIn('//evil.example', twoFactor);
    expect(page.location).toBe('/verify/');
    expect(
      (await person.post('/verify/', { one_time_password: app.codeFor(twoFactor.phoneNumber) }))
        .location,
    ).toBe('/dashboard/');
  });

  it('to a page of ours, kept over the code', async () => {
    app.clock.advance(60_000);
    expect((await logIn('/password/?a=b', account)).page.location).toBe('/password/?a=b');
    const { person } = await logIn('/password/', twoFactor);
    expect(
      (await person.post('/verify/', { one_time_password: app.codeFor(twoFactor.phoneNumber) }))
        .location,
    ).toBe('/password/');
  });

  it('nothing too long to be asked for again', async () => {
    const query = `?x=${'a'.repeat(9000)}`;
    for (const [path, next] of [
      ['/dashboard/', '/login/'],
      ['/admin', '/login/?next=%2Fadmin'],
    ])
      expect((await new PagePerson(app.url).get(`${path}${query}`)).location).toBe(next);
  });

  it('two values for next are none', async () => {
    const page = await new PagePerson(app.url).post('/login/?next=/password/&next=//evil.example', {
      username: account.username,
      password: PASSWORD,
    });
    expect(page.location).toBe('/dashboard/');
  });

  it.each([
    ['GET', '/dashboard/', ''],
    ['GET', '/', ''],
    ['GET', '/login/', ''],
    ['GET', '/nothing', ''],
    ['GET', '/docs-json', ''],
    ['GET', '/admin', ''],
    ['GET', '/api/v1/me', ''],
    ['POST', '/login/', 'username=a&password=b'],
    ['POST', '/logout/', ''],
    ['POST', '/register/', 'username=a'],
    ['GET', '/%', ''],
  ])('no Host and no forwarded host changes an answer: %s %s', async (method, path, body) => {
    const told = (headers: Record<string, string>) =>
      new Promise<string>((resolve, reject) => {
        const type = body ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
        const call = request(
          `${app.url}${path}`,
          { method, headers: { ...type, ...headers } },
          (answer) => {
            const { date: _, 'x-request-id': id = '', ...rest } = answer.headers;
            let text = JSON.stringify([answer.statusCode, rest]);
            answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
            answer.on('end', () => resolve(text.replaceAll(String(id), 'ID')));
          },
        );
        call.on('error', reject).end(body);
      });
    const host = 'evil.example';
    const forged = await told({
      host,
      'x-forwarded-host': host,
      'x-forwarded-proto': 'gopher',
      'x-forwarded-port': '81',
      'x-original-url': `//${host}`,
      forwarded: `host=${host};proto=gopher`,
      'x-host': host,
    });
    expect(forged).toBe(await told({}));
    expect(forged).not.toContain('evil');
  });
});
