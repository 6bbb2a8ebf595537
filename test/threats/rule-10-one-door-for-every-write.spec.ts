import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { entities } from '../../src/entities.js';
import { User } from '../../src/users/user.entity.js';
import { entityWrites, repositoriesOf } from '../support/entity-writes.js';
import { PASSWORD } from '../support/people.js';
import { throughBothFaces } from '../support/ways.js';

const SRC = path.resolve('src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    /\.tsx?$/.test(file) && !file.includes('.spec.') && !file.startsWith('database/migrations/'),
);
const code = (file: string) => readFileSync(path.join(SRC, file), 'utf8');
const those = (room: RegExp, holds: RegExp) =>
  files.filter((file) => room.test(file) && holds.test(code(file)));
const tables = new Map(
  getMetadataArgsStorage().tables.map(
    ({ name, target }) => [name ?? '', (target as { name: string }).name] as const,
  ),
);

const repositories = new Map(files.flatMap((file) => repositoriesOf(code(file))));

/** The files that write each entity's rows. */
const WRITERS: Record<string, string[]> = {
  AuditEvent: ['audit/audit-log.ts', 'audit/audit-retention.service.ts'],
  Budget: ['health/write-probe.ts', 'rate-limit/budgets.ts'],
  Challenge: ['phone-verification/challenges.repository.ts'],
  Conversion: ['messaging/limits/conversions.ts'],
  Group: ['users/groups/groups.service.ts'],
  GroupMembership: ['users/groups/groups.service.ts', 'users/users.service.ts'],
  IdempotentCall: ['idempotency/idempotent-calls.repository.ts'],
  KnownDevice: ['auth/sessions/known-devices.service.ts'],
  KnownKey: ['users/passwords/known-keys.service.ts'],
  LimitDecision: ['messaging/limits/limit-decisions.ts'],
  SentMessage: ['messaging/sent-messages.repository.ts'],
  Session: ['auth/sessions/sessions.repository.ts'],
  User: [
    'staff/guarded-rights.ts',
    'staff/staff-accounts.service.ts',
    'users/passwords/passwords.service.ts',
    'users/user-numbers.service.ts',
    'users/users.repository.ts',
    'users/users.service.ts',
  ],
};

describe('rule 10: one door for every write', () => {
  it('no face holds a statement or an entity manager', () => {
    expect(
      those(/^(pages|api|admin)\//, /from 'typeorm'|EntityManager|UnitOfWork|\.query\(/),
    ).toEqual([]);
  });

  it('each entity is written where it lives', () => {
    const writers: Record<string, string[]> = {};
    for (const file of files)
      for (const entity of entityWrites(code(file), tables, repositories))
        (writers[entity] ??= []).push(file);
    expect(Object.keys(writers).sort()).toEqual(entities.map(({ name }) => name).sort());
    for (const places of Object.values(writers)) places.sort();
    expect(writers).toEqual(WRITERS);
  });

  it.each([
    [
      'the repository of another room',
      'class Door { constructor(private readonly sessions: SessionsRepository) {} open = (manager: EntityManager) => manager.withRepository(this.sessions).update({ id: 1 }, { userId: 2 }); }',
    ],
    [
      'a repository under another name',
      'class Door { constructor(private readonly sessions: SessionsRepository) {} open(manager: EntityManager) { const rows = manager.withRepository(this.sessions); return rows.delete({ id: 1 }); } }',
    ],
    [
      'a repository of its own',
      'class Mine extends Repository<User> { promote = (id: number) => this.update({ id }, { isSuperuser: true }); }',
    ],
    [
      'a repository that inserts a whole row',
      'class Mine extends Repository<Challenge> { open = (row: Challenge) => insertRow(this, row); }',
    ],
    [
      'a repository that Nest hands over',
      'class Mine { constructor(@InjectRepository(User) private readonly all: Repository<User>) {} gone = () => this.all.delete({}); }',
    ],
    ['a helper nobody knows yet', 'await overwrite(this.unit, Session, rows);'],
    ['the entity manager', 'await this.unit.run((manager) => manager.save(Challenge, row));'],
    [
      'a query builder',
      "manager.createQueryBuilder().update(Budget).set({ count: 0 }).where('1 = 1').execute();",
    ],
    [
      'a deletion by a query builder',
      'manager.createQueryBuilder().delete().from(KnownDevice).execute();',
    ],
    ['a repository made on the spot', 'dataSource.getRepository(Group).insert({ name });'],
    [
      'something that is made to write',
      'private readonly old = new OldRows(this.unit, AuditEvent, { id: true });',
    ],
    ['a statement', 'await manager.query(`UPDATE users SET is_staff = 1 WHERE id = ${id}`);'],
    ['a statement in another case', "await manager.query('delete from `sent_messages`');"],
  ])('sees a write by %s', (_, source) => {
    expect(entityWrites(source, tables, repositories)).toHaveLength(1);
  });

  it.each([
    'class Door { constructor(private readonly sessions: SessionsRepository) {} is = (manager: EntityManager) => manager.withRepository(this.sessions).existsBy({ id: 1 }); }',
    'class Door { constructor(private readonly sessions: SessionsRepository) {} end = (manager: EntityManager) => manager.withRepository(this.sessions).endAll([1]); }',
    'manager.findOneBy(Session, { id })',
    "manager.createQueryBuilder().select('1').from(Budget, 'b').getRawMany()",
    "log('an UPDATE of users waits')",
  ])('takes no reading for a write: %s', (source) => {
    expect(entityWrites(source, tables, repositories)).toEqual([]);
  });

  it('passwords are hashed in one place', () => {
    expect(those(/^/, /from 'bcrypt'/)).toEqual(['users/passwords/password-hasher.ts']);
  });
});

throughBothFaces('rule 10: both faces leave the same row', ({ app, newcomer }) => {
  it('after the same registration and the same second factor', async () => {
    const { person, form } = await newcomer({ fullName: '  Zoë  Åström ' });
    await person.confirm(app().codeFor(form.phoneNumber));
    await person.setTwoFactor(true);
    await person.logOut();
    await person.logIn(form.username.toUpperCase(), PASSWORD);
    const row = await app().db.getRepository(User).findOneByOrFail({ username: form.username });
    expect(row).toMatchObject({
      fullName: 'Zoë  Åström',
      phoneNumber: form.phoneNumber,
      verifiedPhoneNumber: form.phoneNumber,
      countryCode: 1,
      phoneNumberVerified: true,
      twoFactorAuth: true,
      changePw: false,
      isActive: true,
      isStaff: false,
      isSuperuser: false,
      permissions: [],
      registrationExpiresAt: null,
    });
    expect(row.password).toMatch(/^bcrypt-hmac-sha384\$/);
  });
});
