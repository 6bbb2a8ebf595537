import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

describe('the door of the panel', () => {
  let app: TestApp;
  let root: StaffPerson;

  beforeAll(async () => {
    app = await startApp();
    await superuser(app);
    root = await StaffPerson.at(app, 'root');
  });
  afterAll(() => app.close());

  const LIST = '/resources/users/actions/list';

  describe('the panel opens to confirmed staff only', () => {
    it('shows its page and answers its calls to a superuser', async () => {
      const page = await root.page();
      expect(page.status).toBe(200);
      expect(page.text).toContain('window.REDUX_STATE');
      const list = await root.read(LIST);
      expect(list.status).toBe(200);
      expect(list.json.records?.map(({ params }) => params['username'])).toEqual(['root']);
    });

    it('sends a stranger to our own log-in, and tells a call', async () => {
      const stranger = new StaffPerson(app.url);
      const page = await stranger.page('/admin/resources/users?page=2');
      expect([page.status, page.headers.get('location')]).toEqual([
        302,
        `/login/?next=${encodeURIComponent('/admin/resources/users?page=2')}`,
      ]);
      const call = await stranger.read(LIST);
      expect([call.status, call.json.code]).toEqual([401, 'unauthenticated']);
      expect(call.headers.get('content-type')).toContain('application/problem+json');
    });

    it.each([
      [
        'a pending confirmation',
        { phoneNumberVerified: false },
        302,
        '/verify/',
        'confirmation_required',
      ],
      [
        'a forced password change',
        { changePw: true },
        302,
        '/password/',
        'password_change_required',
      ],
      ['a person who is not staff', { isStaff: false }, 403, null, 'forbidden'],
    ])('refuses %s', async (name, state, status, location, code) => {
      const username = name.replaceAll(' ', '.');
      await account(app, username, { isStaff: true, isSuperuser: !('isStaff' in state), ...state });
      const person = await StaffPerson.at(app, username);
      const page = await person.page();
      expect([page.status, page.headers.get('location')]).toEqual([status, location]);
      if (status === 403) expect(page.text).toMatch(/^<!doctype html>.*Error 403.*href="\/"/);
      for (const call of [
        await person.read(LIST),
        await person.send('/resources/users/actions/new', { username: 'x' }),
      ]) {
        expect([call.status, call.json.code]).toEqual([403, code]);
        expect(call.text).not.toContain('root');
      }
    });

    it.each([
      '/%61dmin',
      '/%61dmin/api/resources/users/actions/list',
      '/admin/%61pi/resources/users/actions/list',
      '/admin/frontend/assets/app.bundle.js',
      '/admin/',
    ])('is not passed by another spelling: %s', async (path) => {
      const { status, text } = await new StaffPerson(app.url).page(path);
      expect([302, 401]).toContain(status);
      expect(text).not.toContain('records');
    });

    it('forgets a member whose session ends, and asks for the rights anew each time', async () => {
      const user = await account(app, 'helper', { isStaff: true, permissions: ['users.view'] });
      const helper = await StaffPerson.at(app, 'helper');
      expect((await helper.read(LIST)).json.records).not.toEqual([]);
      await app.db.query('UPDATE users SET permissions = ? WHERE id = ?', ['[]', user.id]);
      expect((await helper.read(LIST)).json.records).toEqual([]);
      await app.db.query('UPDATE users SET is_staff = 0 WHERE id = ?', [user.id]);
      expect((await helper.read(LIST)).status).toBe(403);
    });

    it('has no log-in, no other AdminJS route, and none of its unknown resources and actions', async () => {
      for (const path of [
        '/admin/login',
        '/admin/logout',
        '/admin/pages/x',
        '/admin/api/pages/x',
        '/admin/frontend/assets/logo.svg',
      ]) {
        expect((await root.page(path, { 'sec-fetch-site': 'same-origin' })).status).toBe(404);
      }
      for (const path of [
        '/resources/secrets/actions/list',
        '/resources/users/actions/__proto__',
        '/resources/users/actions/constructor',
        '/resources/users/records/1/list',
        '/resources/users/actions/edit',
      ]) {
        expect((await root.read(path)).status).toBe(404);
      }
    });
  });

  describe('another site cannot make staff do anything', () => {
    it.each([
      ['cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['same-site', { 'sec-fetch-site': 'same-site' }],
      ['a foreign origin', { origin: 'https://evil.example' }],
      ['a null origin', { origin: 'null' }],
    ])('%s: neither a call that writes nor one that reads', async (_name, headers) => {
      const write = await root.send(
        '/resources/users/actions/new',
        { username: 'planted', new_phone_number: '+14155550199' },
        headers,
      );
      expect([write.status, write.json.code]).toEqual([403, 'cross_site_request']);
      const read = await root.read(LIST, headers);
      expect([read.status, read.json.code]).toEqual([403, 'cross_site_request']);
      expect(
        await app.db.query('SELECT id FROM users WHERE username_key = ?', ['planted']),
      ).toEqual([]);
    });

    it('a link from elsewhere still opens the page, which changes nothing', async () => {
      expect((await root.page('/admin', { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    });

    it.each(['deactivate', 'activate', 'turnTwoFactorOff', 'unlock', 'delete'])(
      '%s does nothing on GET',
      async (action) => {
        const target = await account(app, `target.${action}`, { twoFactorAuth: true });
        const { status } = await root.read(`/resources/users/records/${target.id}/${action}`);
        expect(status).toBe(200);
        expect(await flagsOf(target.id)).toMatchObject({ is_active: 1, two_factor_auth: 1 });
      },
    );
  });

  const flagsOf = async (id: number): Promise<unknown> =>
    (
      await app.db.query<unknown[]>('SELECT is_active, two_factor_auth FROM users WHERE id = ?', [
        id,
      ])
    )[0];

  describe('the page is safe in itself', () => {
    it('keeps a name from ending its script', async () => {
      await account(app, 'evil', { isStaff: true, isSuperuser: true });
      await app.db.query('UPDATE users SET username = ? WHERE username_key = ?', [
        '</script><script>alert(1)</script>',
        'evil',
      ]);
      const evil = await StaffPerson.at(app, 'evil');
      const { text } = await evil.page();
      expect(text).toContain('alert(1)');
      expect(text).not.toContain('</script><script>alert(1)');
      expect(text).not.toMatch(/<script>|<script (?!nonce=)/);
    });

    it('allows scripts by nonce only, loads nothing from elsewhere, is never stored or framed', async () => {
      const [one, two] = [await root.page(), await root.page()];
      const policy = one.headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'self' 'nonce-([\w-]+)'/.exec(policy)?.[1] ?? 'none';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.split(';').find((part) => part.includes('script-src'))).not.toContain(
        'unsafe-inline',
      );
      expect(one.text).toContain(`<script nonce="${nonce}"`);
      expect(two.text).not.toContain(nonce);
      expect(one.text).not.toMatch(/(?:src|href)="https?:/);
      expect(one.headers.get('cache-control')).toBe('no-store');
      expect((await root.read(LIST)).headers.get('cache-control')).toBe('no-store');
    });

    it('serves its files packed, with an ETag', async () => {
      const first = await root.page('/admin/frontend/assets/app.bundle.js', {
        'accept-encoding': 'br',
      });
      expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'br']);
      const again = await root.page('/admin/frontend/assets/app.bundle.js', {
        'if-none-match': first.headers.get('etag') ?? '',
      });
      expect(again.status).toBe(304);
    });
  });

  it('ADMIN=off: there is no panel', async () => {
    const bare = await startApp({ environment: { ADMIN: 'off' } });
    await superuser(bare);
    const person = await StaffPerson.at(bare, 'root');
    expect((await person.page()).status).toBe(404);
    expect((await person.read(LIST)).status).toBe(404);
    await bare.close();
  });

  it('STAFF_TWO_FACTOR=required: staff without a second factor are led to turn it on', async () => {
    const strict = await startApp({ environment: { STAFF_TWO_FACTOR: 'required' } });
    await superuser(strict);
    const person = await StaffPerson.at(strict, 'root');
    const page = await person.page();
    expect([page.status, page.headers.get('location')]).toEqual([302, '/dashboard/']);
    expect((await person.read(LIST)).status).toBe(403);
    expect((await person.get('/dashboard/')).text).toContain('Staff need a second factor.');
    await strict.close();
  });
});
