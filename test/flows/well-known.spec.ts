import { staticAddress } from '../../src/common/kept-files.js';
import { startApp, type TestApp } from '../support/start-app.js';

describe('what browsers, crawlers and finders of holes ask every site for', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      environment: { SECURITY_CONTACT: 'mailto:security@example.com, https://example.com/report' },
    });
  });
  afterAll(() => app.close());
  const get = (path: string) => fetch(app.url + path, { redirect: 'manual' });

  it('has the icon that is asked for unseen', async () => {
    const answer = await get('/favicon.ico');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/x-icon']);
    expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 4)]).toEqual([0, 0, 1, 0]);
  });

  it('lets crawlers see the start page and nothing else', async () => {
    const answer = await get('/robots.txt');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; charset=utf-8',
    ]);
    expect(await answer.text()).toBe('User-agent: *\nAllow: /$\nDisallow: /\n');
  });

  it('sends password managers to where a password is changed', async () => {
    const answer = await get('/.well-known/change-password');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/password/']);
  });

  it('names whom to tell of a hole, for less than a year', async () => {
    const answer = await get('/.well-known/security.txt');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; charset=utf-8',
    ]);
    const [first, second, expires = ''] = (await answer.text()).split('\n');
    expect([first, second]).toEqual([
      'Contact: mailto:security@example.com',
      'Contact: https://example.com/report',
    ]);
    const left = Date.parse(expires.replace('Expires: ', '')) - app.clock.now().getTime();
    expect(left / 86_400_000).toBeGreaterThan(30);
    expect(left / 86_400_000).toBeLessThan(365);
  });

  it('describes its pages, whose files are kept for good by their hash', async () => {
    const html = await (await get('/')).text();
    expect(html).toMatch(/<meta name="description" content="[^"]{50,160}"/);
    expect(html).toContain(`href="${staticAddress('ringback.css')}"`);
    const answer = await get(staticAddress('ringback.css'));
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
  });
});

it('nobody named: no security.txt', async () => {
  const app = await startApp();
  expect((await fetch(`${app.url}/.well-known/security.txt`)).status).toBe(404);
  await app.close();
});
