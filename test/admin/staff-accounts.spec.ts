import type { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

onBothDatabases('staff look after accounts', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let helper: StaffPerson;
  let helperId: number;
  let made = 0;

  const somebodyElse = (rights = {}) => account(app, `somebody${++made}`, rights);
  const row = async ({ id }: Pick<User, 'id'>): Promise<Record<string, unknown>> =>
    (await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [id]))[0]!;
  const events = async (name: string): Promise<Record<string, unknown>[]> => {
    await app.audited();
    return app.db.query('SELECT * FROM audit_events WHERE name = ? ORDER BY id', [name]);
  };

  beforeAll(async () => {
    app = await startApp({ database });
    await superuser(app);
    root = await StaffPerson.at(app, 'root');
    helperId = (
      await account(app, 'helper', {
        isStaff: true,
        permissions: ['users.view', 'users.add', 'users.change', 'users.delete'],
      })
    ).id;
    helper = await StaffPerson.at(app, 'helper');
  });
  afterAll(() => app.close());

  it('staff edit a name, and the trail has the field but not what stood in it', async () => {
    const user = await somebodyElse();
    const { json } = await helper.edit(user.id, {
      username: user.username,
      full_name: 'Ada Lovelace',
    });
    expect(json.notice?.type).toBe('success');
    expect(await row(user)).toMatchObject({
      full_name: 'Ada Lovelace',
      full_name_key: 'ada lovelace',
    });
    const event = (await events('user.edited')).at(-1);
    expect(event).toMatchObject({ user_id: user.id, actor_id: helperId });
    expect(JSON.parse(String(event?.['details']))).toEqual({ fields: 'full_name' });
  });

  it('a new password is hashed, asks for another one, ends the sessions, and comes back in no answer', async () => {
    const user = await somebodyElse();
    const person = await StaffPerson.at(app, user.username);
    const { text, json } = await helper.edit(user.id, { new_password: 'a perfectly new phrase' });
    expect(json.notice?.type).toBe('success');
    expect(text).not.toContain('a perfectly new phrase');
    const stored = await row(user);
    expect(String(stored['password'])).toMatch(/^bcrypt-/);
    expect(stored['password']).not.toBe(user.password);
    expect(Number(stored['change_pw'])).toBe(1);
    expect(await person.where()).toBe('stranger');
    await person.logIn(user.username, 'a perfectly new phrase');
    expect(await person.where()).toBe('password_change_required');
  });

  it('a changed number is unverified, its challenges are canceled, its sessions end', async () => {
    const user = await somebodyElse();
    const person = await StaffPerson.at(app, user.username);
    await person.setTwoFactor(true);
    const { json } = await helper.edit(user.id, { new_phone_number: '+44 7911 123456' });
    expect(json.notice?.type).toBe('success');
    expect(await row(user)).toMatchObject({
      phone_number: '+447911123456',
      country_code: 44,
      verified_phone_number: null,
    });
    expect(Number((await row(user))['phone_number_verified'])).toBe(0);
    expect(await person.where()).toBe('stranger');
    const open: unknown[] = await app.db.query(
      'SELECT id FROM challenges WHERE user_id = ? AND canceled_at IS NULL AND consumed_at IS NULL',
      [user.id],
    );
    expect(open).toEqual([]);
    expect(JSON.stringify(await app.db.query('SELECT * FROM audit_events'))).not.toContain(
      '7911123456',
    );
  });

  it('deactivating ends the sessions at once', async () => {
    const user = await somebodyElse();
    const person = await StaffPerson.at(app, user.username);
    await helper.send(`/resources/users/records/${user.id}/deactivate`);
    expect(Number((await row(user))['is_active'])).toBe(0);
    expect(await person.where()).toBe('stranger');
    expect((await events('user.deactivated')).at(-1)).toMatchObject({
      user_id: user.id,
      actor_id: helperId,
    });
  });

  it('the second factor can be turned off, never on', async () => {
    const user = await somebodyElse({ twoFactorAuth: true });
    await helper.send(`/resources/users/records/${user.id}/turnTwoFactorOff`);
    expect(Number((await row(user))['two_factor_auth'])).toBe(0);
    const on = await helper.edit(user.id, { two_factor_auth: 'true' });
    expect(Object.keys(on.json.record?.errors ?? {})).toEqual(['two_factor_auth']);
    expect(Number((await row(user))['two_factor_auth'])).toBe(0);
    expect(await events('two-factor.off')).toHaveLength(1);
  });

  it('an account made by staff has to change its password and to prove its number', async () => {
    const { json } = await helper.send('/resources/users/actions/new', {
      username: 'newcomer',
      full_name: 'New Comer',
      new_phone_number: '+14155550123',
      new_password: 'some long phrase here',
      is_staff: 'false',
      is_superuser: 'false',
      is_active: 'true',
    });
    expect(json.notice?.type).toBe('success');
    const [stored] = await app.db.query<Record<string, unknown>[]>(
      'SELECT * FROM users WHERE username_key = ?',
      ['newcomer'],
    );
    expect(stored).toMatchObject({
      phone_number: '+14155550123',
      verified_phone_number: null,
      registration_expires_at: null,
    });
    expect(
      [stored?.['change_pw'], stored?.['is_staff'], stored?.['phone_number_verified']].map(Number),
    ).toEqual([1, 0, 0]);
    const person = new StaffPerson(app.url);
    await person.logIn('newcomer', 'some long phrase here');
    expect(await person.where()).toBe('confirmation_required');
  });

  it('ends a session of somebody else, and no session of whom it may not touch', async () => {
    const user = await somebodyElse();
    const person = await StaffPerson.at(app, user.username);
    const [{ id }] = await app.db.query<[{ id: number }]>(
      'SELECT id FROM sessions WHERE user_id = ?',
      [user.id],
    );
    const warden = await somebodyElse({
      isStaff: true,
      permissions: ['sessions.view', 'sessions.end'],
    });
    const wardenPerson = await StaffPerson.at(app, warden.username);
    expect(
      (await wardenPerson.send(`/resources/sessions/records/${id}/endSession`)).json.notice?.type,
    ).toBe('success');
    expect(await person.where()).toBe('stranger');
    const [{ id: rootSession }] = await app.db.query<[{ id: number }]>(
      'SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username_key = ?',
      ['root'],
    );
    expect(
      (await wardenPerson.send(`/resources/sessions/records/${rootSession}/endSession`)).json.notice
        ?.type,
    ).toBe('error');
    expect(await root.where()).toBe('active');
  });

  it('a superuser deletes an account: its rows go, the trail stays', async () => {
    const user = await somebodyElse();
    await StaffPerson.at(app, user.username);
    expect((await root.send(`/resources/users/records/${user.id}/delete`)).json.notice?.type).toBe(
      'success',
    );
    expect(await app.db.query('SELECT id FROM users WHERE id = ?', [user.id])).toEqual([]);
    expect(await app.db.query('SELECT id FROM sessions WHERE user_id = ?', [user.id])).toEqual([]);
    expect((await events('user.deleted')).at(-1)).toMatchObject({ user_id: user.id });
  });
});
