import type { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson } from './staff-person.js';

onBothDatabases('rights of staff', (database) => {
  let app: TestApp;
  let helper: StaffPerson;
  let helperId: number;
  let made = 0;

  const somebodyElse = (rights = {}) => account(app, `somebody${++made}`, rights);
  const row = async ({ id }: Pick<User, 'id'>): Promise<Record<string, unknown>> =>
    (await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [id]))[0]!;
  beforeAll(async () => {
    app = await startApp({ database });
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
});
