import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

/** What no form would take today: an older release, another program or a hand wrote it. */
const ODD = {
  username: ' two words\u200b/<b>"\r\nof\u0007old ',
  fullName: '\u0007Ada\u200b\n\u2028<Lovelace>\u202e ',
  locale: 'tlh',
  permissions: ['users.fly'],
};

onBothDatabases('a stored value that is not changed is never checked again', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let made = 0;
  beforeAll(async () => {
    app = await startApp({ database });
    await superuser(app);
    root = await StaffPerson.at(app, 'root');
  });
  afterAll(() => app.close());

  const oddAccount = async (changes = {}) => {
    const login = `odd${++made}`;
    const user = await account(app, login, { ...ODD, ...changes } as Parameters<typeof account>[2]);
    return { login, user };
  };
  const stored = ({ id }: User) => app.db.getRepository(User).findOneByOrFail({ id });

  const everythingGiven = async ({ id }: User): Promise<Record<string, string>> => {
    const { json } = await root.read(`/resources/users/records/${id}/edit`);
    const given = Object.entries(json.record?.params ?? {}).map(([name, value]) => [
      name,
      value === null
        ? '__FORM_VALUE_NULL__'
        : typeof value === 'string'
          ? value
          : JSON.stringify(value),
    ]);
    return Object.fromEntries(given) as Record<string, string>;
  };

  it.each([
    ['a name', {}],
    ['a number', { phoneNumber: '+999', verifiedPhoneNumber: '+999', countryCode: 0 }],
    ['rights: a superuser who is no staff', { isSuperuser: true }],
  ])(
    'an account with %s that is odd is edited, deactivated and activated in the panel',
    async (_what, changes) => {
      const { user } = await oddAccount(changes);
      const sent = {
        ...(await everythingGiven(user)),
        change_pw: 'true',
        'permissions.1': 'users.view',
      };
      const edited = await root.edit(user.id, sent);
      expect([edited.json.notice, edited.json.record?.errors]).toEqual([
        { type: 'success', message: 'Saved.' },
        {},
      ]);
      const after = { ...ODD, changePw: true, permissions: ['users.fly', 'users.view'] };
      expect(await stored(user)).toMatchObject({ ...changes, ...after });
      for (const [action, isActive] of [
        ['deactivate', false],
        ['activate', true],
      ] as const) {
        const { json } = await root.send(`/resources/users/records/${user.id}/${action}`);
        expect(json.notice?.type).toBe('success');
        // Who is deactivated has no proven number any more.
        expect(await stored(user)).toMatchObject({
          ...changes,
          ...after,
          isActive,
          verifiedPhoneNumber: null,
        });
      }
      const flagOff = await root.edit(user.id, {
        ...(await everythingGiven(user)),
        is_active: 'false',
      });
      expect(flagOff.json.notice?.type).toBe('success');
      expect(
        (await root.send(`/resources/users/records/${user.id}/unlock`)).json.notice?.type,
      ).toBe('success');
    },
  );

  it('and a new odd value is refused as ever, at its own field', async () => {
    const { user } = await oddAccount();
    const given = await everythingGiven(user);
    for (const [field, value] of [
      ['username', 'three odd words'],
      ['full_name', 'A\u0007'],
      ['permissions.0', 'users.swim'],
    ]) {
      const { json } = await root.edit(user.id, { ...given, [field!]: value! });
      expect(Object.keys(json.record?.errors ?? {})).toEqual([field!.split('.')[0]]);
    }
    expect(await stored(user)).toMatchObject(ODD);
  });

  it('its holder changes other fields, the second factor and the password, by API', async () => {
    const { login, user } = await oddAccount();
    const person = new ApiPerson(app.url);
    expect(await person.logIn(login, PASSWORD)).not.toHaveProperty('error');
    const same = await person.call('PATCH', '/me', { full_name: ODD.fullName, locale: 'es' });
    expect([same.status, same.body['full_name'], same.body['username']]).toEqual([
      200,
      ODD.fullName,
      ODD.username,
    ]);
    const back = await person.call('PATCH', '/me', { full_name: 'Ada', locale: 'es' });
    expect([back.status, back.body['full_name']]).toEqual([200, 'Ada']);
    await person.setTwoFactor(true);
    expect(await person.confirm(app.codeFor(user.phoneNumber))).not.toHaveProperty('error');
    expect(await person.setTwoFactor(true)).toMatchObject({ status: 200 });
    expect(await person.changePassword(PASSWORD, 'a perfectly new phrase')).toMatchObject({
      status: 200,
    });
    expect(await person.logIn(login, 'a perfectly new phrase')).not.toHaveProperty('error');
    expect(await person.confirm(app.codeFor(user.phoneNumber))).not.toHaveProperty('error');
    expect(await stored(user)).toMatchObject({
      username: ODD.username,
      twoFactorAuth: true,
      locale: 'es',
    });
  });

  it('a language nobody speaks any more stays while the name changes', async () => {
    const { login, user } = await oddAccount();
    const person = new ApiPerson(app.url);
    await person.logIn(login, PASSWORD);
    expect(await person.call('PATCH', '/me', { full_name: 'Ada', locale: 'tlh' })).toMatchObject({
      status: 200,
    });
    expect(await stored(user)).toMatchObject({ fullName: 'Ada', locale: 'tlh' });
    expect(await person.call('PATCH', '/me', { locale: 'xx' })).toMatchObject({ status: 422 });
  });

  it('its pages show, turn the second factor on and choose a language', async () => {
    const { login, user } = await oddAccount();
    const person = new StaffPerson(app.url);
    await person.logIn(login, PASSWORD);
    expect((await person.get('/dashboard/')).status).toBe(200);
    expect((await person.post('/dashboard/', { locale: 'fr' })).status).toBe(303);
    await person.setTwoFactor(true);
    expect(await person.confirm(app.codeFor(user.phoneNumber))).not.toHaveProperty('error');
    expect(await stored(user)).toMatchObject({
      fullName: ODD.fullName,
      locale: 'fr',
      twoFactorAuth: true,
    });
  });

  it('a group with an odd name gets other permissions', async () => {
    const group = { name: 'of\u0007old\u200b', permissions: JSON.stringify(['users.fly']) };
    await app.db.query('INSERT INTO `groups` (name, permissions) VALUES (?, ?)', [
      group.name,
      group.permissions,
    ]);
    const [{ id }] = await app.db.query<[{ id: number }]>('SELECT id FROM `groups`');
    const sent = { name: group.name, 'permissions.0': 'users.fly', 'permissions.1': 'users.view' };
    expect((await root.send(`/resources/groups/records/${id}/edit`, sent)).json.notice?.type).toBe(
      'success',
    );
    const odder = await root.send(`/resources/groups/records/${id}/edit`, {
      ...sent,
      name: 'older\u0007',
    });
    expect(Object.keys(odder.json.record?.errors ?? {})).toEqual(['name']);
  });
});
