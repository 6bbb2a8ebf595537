import { StaffAccountsService } from '../../src/staff/staff-accounts.service.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import type { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

onBothDatabases('superusers', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let made = 0;

  const row = async ({ id }: Pick<User, 'id'>): Promise<Record<string, unknown>> =>
    (await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [id]))[0]!;

  beforeAll(async () => {
    app = await startApp({ database });
    await superuser(app);
    root = await StaffPerson.at(app, 'root');
  });
  afterAll(() => app.close());

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
    const accounts = app.app.get(StaffAccountsService, { strict: false });
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
    const user = await account(app, `somebody${++made}`);
    await account(app, 'helper', { isStaff: true, permissions: ['users.view', 'users.change'] });
    const helper = await StaffPerson.at(app, 'helper');
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
