import { createRequire } from 'node:module';
import { DataSource } from 'typeorm';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { AuditReader } from '../audit/audit-reader.js';
import { loadSettings } from '../load-settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { UserDirectory } from './user-directory.js';
import { User } from './user.entity.js';

const driver: unknown = createRequire(import.meta.url)('libsql');

describe('what staff filter by', () => {
  let source: DataSource;
  let users: UserDirectory;
  let audit: AuditReader;
  let asked: { sql: string; parameters: unknown[] }[];

  beforeAll(async () => {
    const nothing = () => undefined;
    const logger = {
      logQuery: (sql: string, parameters: unknown[] = []) => void asked.push({ sql, parameters }),
      logQueryError: nothing,
      logQuerySlow: nothing,
      logSchemaBuild: nothing,
      logMigration: nothing,
      log: nothing,
    };
    asked = [];
    source = await new DataSource({
      type: 'better-sqlite3',
      driver,
      database: ':memory:',
      entities: [User, AuditEvent],
      synchronize: true,
      logger,
    }).initialize();
    const unit = new UnitOfWork(source);
    users = new UserDirectory(
      unit,
      loadSettings({ SECRET_KEY: 'k'.repeat(32), ALLOWED_COUNTRIES: 'US' }),
    );
    audit = new AuditReader(unit);
  });
  beforeEach(() => void (asked = []));
  afterAll(() => source.destroy());

  const at = new Date('2026-01-01T00:00:00Z');
  const part = { limit: 10, offset: 0 };

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'the date of joining',
      () => users.page({ dateJoined: { from: at } }, { ...part, sortBy: 'username' }),
      'users_date_joined',
    ],
    [
      'the name of an event',
      () => audit.page({ name: 'user.registered' }, part),
      'audit_events_name',
    ],
    ['who did it', () => audit.page({ actorId: 7 }, part), 'audit_events_actor'],
  ])('%s is found and ordered by an index', async (_filter, page, index) => {
    await page();
    const { sql, parameters } = asked.at(-1)!;
    const plan = await source.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    expect(plan.map(({ detail }) => detail).join()).toMatch(
      new RegExp(`^SEARCH [^,]*USING INDEX ${index} [^,]*$`),
    );
  });

  it("a number is found that today's rules refuse", async () => {
    await source.getRepository(User).insert({
      username: 'old',
      usernameKey: 'old',
      password: 'x',
      phoneNumber: '+390612345678',
      countryCode: 39,
      permissions: [],
      dateJoined: at,
    });
    expect(await users.page({ phoneNumber: '+39 06 1234 5678' }, part)).toMatchObject([
      { username: 'old' },
    ]);
    expect(await users.page({ phoneNumber: 'junk' }, part)).toEqual([]);
  });
});
