import type { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

onBothDatabases('what the form of an account takes', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let made = 0;

  const somebodyElse = (rights = {}) => account(app, `somebody${++made}`, rights);
  const row = async ({ id }: Pick<User, 'id'>): Promise<Record<string, unknown>> =>
    (await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [id]))[0]!;

  beforeAll(async () => {
    app = await startApp({ database });
    await superuser(app);
    root = await StaffPerson.at(app, 'root');
  });
  afterAll(() => app.close());

  it('the page sends back everything it was given, read-only fields too, and that changes nothing', async () => {
    const user = await somebodyElse({ twoFactorAuth: true });
    const { json } = await root.read(`/resources/users/records/${user.id}/show`);
    expect(
      Object.keys(
        (await root.read(`/resources/users/records/${user.id}/edit`)).json.record?.params ?? {},
      ),
    ).not.toContain('last_login');
    const given = Object.entries(json.record?.params ?? {}).map(([name, value]) => [
      name,
      value === null
        ? '__FORM_VALUE_NULL__'
        : typeof value === 'string'
          ? value
          : JSON.stringify(value),
    ]);
    const answer = await root.edit(user.id, {
      ...(Object.fromEntries(given) as Record<string, string>),
      full_name: 'Changed',
    });
    expect([answer.json.notice?.type, answer.json.record?.errors]).toEqual(['success', {}]);
    expect(await row(user)).toMatchObject({
      phone_number: user.phoneNumber,
      verified_phone_number: user.phoneNumber,
      full_name: 'Changed',
    });
  });

  describe('read-only fields refuse writes', () => {
    it.each([
      'id',
      'password',
      'phone_number',
      'phone_number_verified',
      'verified_phone_number',
      'country_code',
      'date_joined',
      'last_login',
      'username_key',
      'registration_expires_at',
      '__proto__',
      '__proto__.x',
      'constructor.prototype.x',
    ])('%s', async (field) => {
      const user = await somebodyElse();
      const { json, status } = await root.edit(user.id, {
        full_name: 'Smuggled',
        [field]: '99999',
      });
      expect(status === 200 ? json.notice?.type : 'error').toBe('error');
      expect(status).toBeLessThan(500);
      expect({ ...(await row(user)), _metadata: 0 }).toMatchObject({
        full_name: '',
        password: user.password,
        phone_number: user.phoneNumber,
      });
    });
  });

  it('an over-long value is refused whole, not cut', async () => {
    const user = await somebodyElse();
    const { status } = await root.edit(user.id, { full_name: 'x'.repeat(5000) });
    expect(status).toBe(413);
    expect((await row(user))['full_name']).toBe('');
  });

  it('a refused password says why beside its field, keeps the old one, and comes back in no answer', async () => {
    const user = await somebodyElse();
    const { json, text } = await root.edit(user.id, {
      full_name: 'Kept Typing',
      new_password: '1234567890',
    });
    expect(json.notice?.type).toBe('error');
    expect(Object.keys(json.record?.errors ?? {})).toEqual(['new_password']);
    expect(text).not.toContain('1234567890');
    expect(await row(user)).toMatchObject({ password: user.password, full_name: '' });
  });

  it('a username is parsed, and a taken one is refused at its field', async () => {
    const user = await somebodyElse();
    const taken = await root.edit(user.id, { username: 'ROOT' });
    expect(taken.json.record?.errors['username']?.message).toBe(
      'A user with that username already exists.',
    );
    const invalid = await root.edit(user.id, { username: 'two words' });
    expect(Object.keys(invalid.json.record?.errors ?? {})).toEqual(['username']);
    expect((await row(user))['username']).toBe(user.username);
  });
});
