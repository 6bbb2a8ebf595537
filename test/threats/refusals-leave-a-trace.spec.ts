import { account, StaffPerson, superuser } from '../admin/staff-person.js';
import { ApiPerson } from '../support/api-person.js';
import { startApp, type TestApp } from '../support/start-app.js';

interface Line {
  route: string;
  user: number | null;
  refused: string | null;
  ip: string;
}

describe('whoever is refused leaves a line in the log', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const lastLine = () =>
    app.logs
      .map((line) => JSON.parse(line) as Line & { msg: string })
      .filter(({ msg }) => msg === 'request')
      .at(-1);

  it('a stranger, without a name', async () => {
    await new ApiPerson(app.url).call('GET', '/me');
    expect(lastLine()).toMatchObject({
      route: '/api/v1/me',
      user: null,
      refused: 'unauthenticated',
      ip: '127.0.0.1',
    });
  });

  it('another site, with what it asked for', async () => {
    await fetch(`${app.url}/logout/`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(lastLine()).toMatchObject({ route: '/logout', refused: 'cross_site_request' });
  });

  it('who is no staff, by id', async () => {
    const { id } = await account(app, 'alice');
    const person = await StaffPerson.at(app, 'alice');
    await person.read('/resources/users/actions/list');
    expect(lastLine()).toMatchObject({ user: id, refused: 'forbidden' });
  });

  it('staff without the right, though the panel answers 200', async () => {
    const boss = await superuser(app);
    const helper = await account(app, 'helper', {
      isStaff: true,
      permissions: ['users.view', 'users.change'],
    });
    const person = await StaffPerson.at(app, 'helper');
    await person.read('/resources/audit/actions/list');
    const route = '/admin/api/resources/:resourceId/actions/:action';
    expect(lastLine()).toMatchObject({ route, user: helper.id, refused: 'forbidden' });
    await person.edit(boss.id, { full_name: 'Mine' });
    expect(lastLine()).toMatchObject({ user: helper.id, refused: 'forbidden' });
  });

  it('nobody who is let in', async () => {
    const person = await StaffPerson.at(app, 'root');
    await person.read('/resources/users/actions/list');
    expect(lastLine()).toMatchObject({ user: expect.any(Number) as number, refused: null });
  });
});
