import { StaffAccounts } from '../../src/staff/staff-accounts.service.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import type { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

onBothDatabases('rights of staff', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let helper: StaffPerson;
  let helperId: number;
  let made = 0;

  const somebodyElse = (rights = {}) => account(app, `somebody${++made}`, rights);
  const row = async ({ id }: Pick<User, 'id'>): Promise<Record<string, unknown>> =>
    (await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [id]))[0]!;
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

  describe('staff who are no superusers', () => {
    it.each([
      ['is_staff', { is_staff: 'true' }],
      ['is_superuser', { is_superuser: 'true', is_staff: 'true' }],
      ['permissions', { 'permissions.0': 'audit.view' }],
      ['groups', { 'groups.0': '1' }],
    ])(
      'cannot give %s, neither to others nor to themselves nor at creation',
      async (_name, form: Record<string, string>) => {
        const user = await somebodyElse();
        const own = await row({ id: helperId });
        expect((await helper.edit(user.id, form)).json.notice?.type).toBe('error');
        await helper.edit(helperId, form);
        expect(await row({ id: helperId })).toEqual(own);
        expect(await row(user)).toMatchObject({ permissions: '[]' });
        expect(
          [(await row(user))['is_staff'], (await row(user))['is_superuser']].map(Number),
        ).toEqual([0, 0]);
        const username = `made${++made}`;
        await helper.send('/resources/users/actions/new', {
          username,
          new_phone_number: '+14155550124',
          new_password: 'some long phrase here',
          ...form,
        });
        expect(
          await app.db.query('SELECT id FROM users WHERE username_key = ?', [username]),
        ).toEqual([]);
      },
    );

    it('cannot touch other staff, their equals included, nor an account that has rights they lack', async () => {
      const equal = await somebodyElse({
        isStaff: true,
        permissions: ['users.view', 'users.add', 'users.change', 'users.delete'],
      });
      const auditor = await somebodyElse({ permissions: ['audit.view'] });
      for (const target of [
        equal,
        auditor,
        await account(app, `boss${++made}`, { isStaff: true, isSuperuser: true }),
      ]) {
        const before = await row(target);
        expect((await helper.edit(target.id, { full_name: 'Mine' })).json.notice?.type).toBe(
          'error',
        );
        expect(
          (await helper.edit(target.id, { new_password: 'some long phrase here' })).json.notice
            ?.type,
        ).toBe('error');
        for (const action of ['deactivate', 'turnTwoFactorOff', 'unlock', 'delete']) {
          expect(
            (await helper.send(`/resources/users/records/${target.id}/${action}`)).json.notice
              ?.type,
          ).toBe('error');
        }
        expect(await row(target)).toEqual(before);
      }
    });

    it('change an account by users.change, and end it only by users.delete', async () => {
      const editor = await somebodyElse({
        isStaff: true,
        permissions: ['users.view', 'users.change'],
      });
      const person = await StaffPerson.at(app, editor.username);
      const user = await somebodyElse();
      expect((await person.edit(user.id, { full_name: 'Theirs' })).json.notice?.type).toBe(
        'success',
      );
      expect((await person.edit(user.id, { is_active: 'false' })).json.notice?.type).toBe('error');
      expect(
        (await person.send(`/resources/users/records/${user.id}/deactivate`)).json.notice?.type,
      ).toBe('error');
      expect(Number((await row(user))['is_active'])).toBe(1);
    });

    it('let an ended account live again only by users.delete', async () => {
      const editor = await somebodyElse({
        isStaff: true,
        permissions: ['users.view', 'users.change'],
      });
      const person = await StaffPerson.at(app, editor.username);
      const user = await somebodyElse({ isActive: false });
      expect((await person.edit(user.id, { is_active: 'true' })).json.notice?.type).toBe('error');
      expect(Number((await row(user))['is_active'])).toBe(0);
      expect(
        (await person.send(`/resources/users/records/${user.id}/activate`)).json.notice?.type,
      ).toBe('error');
      expect(Number((await row(user))['is_active'])).toBe(0);
      const ender = await somebodyElse({
        isStaff: true,
        permissions: ['users.view', 'users.delete'],
      });
      const other = await StaffPerson.at(app, ender.username);
      for (const [action, isActive] of [
        ['activate', 1],
        ['deactivate', 0],
      ] as const) {
        expect(
          (await other.send(`/resources/users/records/${user.id}/${action}`)).json.notice?.type,
        ).toBe('success');
        expect(Number((await row(user))['is_active'])).toBe(isActive);
      }
      expect((await helper.edit(user.id, { is_active: 'true' })).json.notice?.type).toBe('success');
    });

    it('cannot do what no permission names: view, add, change, delete', async () => {
      const viewer = await somebodyElse({ isStaff: true, permissions: ['users.view'] });
      const person = await StaffPerson.at(app, viewer.username);
      const user = await somebodyElse();
      expect(
        (await person.read(`/resources/users/records/${user.id}/show`)).json.record?.params[
          'username'
        ],
      ).toBe(user.username);
      const before = await row(user);
      for (const path of ['edit', 'deactivate', 'unlock', 'delete', 'turnTwoFactorOff']) {
        expect(
          (await person.send(`/resources/users/records/${user.id}/${path}`, { full_name: 'x' }))
            .json.notice?.type,
        ).toBe('error');
      }
      expect(
        (await person.send('/resources/users/actions/new', { username: 'x' })).json.notice?.type,
      ).toBe('error');
      expect(await row(user)).toEqual(before);
      for (const resource of [
        'groups',
        'sessions',
        'challenges',
        'messages',
        'delivery',
        'audit',
      ]) {
        const { json } = await person.read(`/resources/${resource}/actions/list`);
        expect([json.notice?.type, json.records]).toEqual(['error', []]);
        expect((await person.read(`/resources/${resource}/actions/search/a`)).json.records).toEqual(
          [],
        );
        expect(
          (await person.read(`/resources/${resource}/records/1/show`)).json.record?.params ?? {},
        ).toEqual({});
      }
    });

    it(
      'cannot change the password, phone or second factor of their own on the panel, ' +
        'where nothing asks for a proof',
      async () => {
        const before = await row({ id: helperId });
        for (const [field, value] of [
          ['new_password', 'some long phrase here'],
          ['new_phone_number', '+14155550125'],
          ['is_active', 'false'],
        ] as const) {
          expect((await helper.edit(helperId, { [field]: value })).json.notice?.type).toBe('error');
        }
        expect({ ...(await row({ id: helperId })), last_login: 0 }).toEqual({
          ...before,
          last_login: 0,
        });
      },
    );
  });

  describe('the last superuser', () => {
    it('cannot demote, deactivate or delete himself', async () => {
      const [{ id }] = await app.db.query<[{ id: number }]>(
        'SELECT id FROM users WHERE username_key = ?',
        ['root'],
      );
      expect((await root.edit(id, { is_superuser: 'false' })).json.notice?.type).toBe('error');
      for (const action of ['deactivate', 'delete'])
        expect(
          (await root.send(`/resources/users/records/${id}/${action}`)).json.notice?.type,
        ).toBe('error');
      expect(
        [(await row({ id }))['is_superuser'], (await row({ id }))['is_active']].map(Number),
      ).toEqual([1, 1]);
    });

    it.each([
      ['demote', (person: StaffPerson, id: number) => person.edit(id, { is_superuser: 'false' })],
      [
        'deactivate',
        (person: StaffPerson, id: number) =>
          person.send(`/resources/users/records/${id}/deactivate`),
      ],
      [
        'delete',
        (person: StaffPerson, id: number) => person.send(`/resources/users/records/${id}/delete`),
      ],
    ])('two who %s each other at once: one wins', async (_name, act) => {
      for (let round = 0; round < 5; round += 1) {
        const names = [`left${++made}`, `right${made}`];
        const ids = await Promise.all(names.map(async (name) => (await superuser(app, name)).id));
        const [left, right] = await Promise.all(names.map((name) => StaffPerson.at(app, name)));
        const answers = await Promise.all([act(left!, ids[1]!), act(right!, ids[0]!)]);
        const still: unknown[] = await app.db.query(
          'SELECT id FROM users WHERE id IN (?, ?) AND is_superuser = 1 AND is_active = 1',
          ids,
        );
        expect(still).toHaveLength(1);
        expect(answers.filter(({ json }) => json.notice?.type === 'success')).toHaveLength(1);
      }
    });
  });

  it('two who were let in as superusers and demote each other: one wins, though a third one stays', async () => {
    const accounts = app.app.get(StaffAccounts, { strict: false });
    for (let round = 0; round < 5; round += 1) {
      const ids = await Promise.all(
        [`one${++made}`, `two${made}`].map(async (name) => (await superuser(app, name)).id),
      );
      const rights = { isActive: true, isStaff: true, isSuperuser: true, permissions: [] };
      const demote = (actor: number, id: number) =>
        accounts.edit(
          { id: actor, sessionId: 0, rights },
          id,
          { isSuperuser: false },
          LOCAL_CLIENT,
        );
      const outcomes = await Promise.allSettled([
        demote(ids[0]!, ids[1]!),
        demote(ids[1]!, ids[0]!),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('a superuser gives rights, by hand and by group; sessions of a changed role end', async () => {
    const user = await somebodyElse();
    const person = await StaffPerson.at(app, user.username);
    expect(
      (
        await root.send('/resources/groups/actions/new', {
          name: `Support ${made}`,
          'permissions.0': 'users.view',
          'permissions.1': 'audit.view',
        })
      ).json.notice?.type,
    ).toBe('success');
    const [{ id: groupId }] = await app.db.query<[{ id: number }]>(
      'SELECT id FROM `groups` ORDER BY id DESC LIMIT 1',
    );
    expect(
      (
        await root.edit(user.id, {
          is_staff: 'true',
          'groups.0': String(groupId),
          'permissions.0': 'sessions.view',
        })
      ).json.notice?.type,
    ).toBe('success');
    expect(await person.where()).toBe('stranger');
    await person.logIn(user.username, PASSWORD);
    for (const resource of ['users', 'audit', 'sessions'])
      expect((await person.read(`/resources/${resource}/actions/list`)).json.records).not.toEqual(
        [],
      );
    expect((await person.read('/resources/challenges/actions/list')).json.records).toEqual([]);
    expect(
      (await helper.send(`/resources/groups/records/${groupId}/edit`, { name: 'Mine' })).json.notice
        ?.type,
    ).toBe('error');
    expect((await root.send(`/resources/groups/records/${groupId}/delete`)).json.notice?.type).toBe(
      'success',
    );
    expect(await person.where()).toBe('stranger');
    expect(
      (
        await root.send('/resources/groups/actions/new', {
          name: 'Wrong',
          'permissions.0': 'everything',
        })
      ).json.record?.errors,
    ).toHaveProperty('permissions');
  });
});
