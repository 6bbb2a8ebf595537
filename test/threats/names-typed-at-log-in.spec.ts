import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const WRONG = 'not the right one';
const TYPED = 'MyPassword-in-the-wrong-field';

onBothDatabases('what was typed as a username at a failed log-in is not kept', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database });
  });
  beforeEach(() => app.clock.advance(3_600_001));
  afterAll(() => app.close());

  /** Logs in `times` times, each after the other, and tells what the audit log says of it. */
  async function rowsOf(username: string, times: number) {
    await app.audited();
    const before = await app.db.getRepository(AuditEvent).count();
    for (let time = 0; time < times; time += 1) await new ApiPerson(app.url).logIn(username, WRONG);
    await app.audited();
    const rows = (await app.db.getRepository(AuditEvent).find({ order: { id: 'ASC' } })).slice(
      before,
    );
    return { rows, count: (name: string) => rows.filter((row) => row.name === name).length };
  }

  it('an unknown name leaves a fingerprint, the same however it is written', async () => {
    const { rows, count } = await rowsOf(TYPED, 12);
    expect([count('password.wrong'), count('password.blocked')]).toEqual([10, 2]);
    const [{ rows: again }, { rows: other }] = [
      await rowsOf(` ${TYPED.toUpperCase()}`, 1),
      await rowsOf(`${TYPED}2`, 1),
    ];
    const fingerprints = (of: AuditEvent[]) => [
      ...new Set(of.map(({ details }) => details['username'])),
    ];
    expect(fingerprints(rows)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(fingerprints(again)).toEqual(fingerprints(rows));
    expect(fingerprints(other)).not.toEqual(fingerprints(rows));
    expect(rows.every(({ userId }) => userId === null)).toBe(true);
    expect(
      JSON.stringify(await app.db.getRepository(AuditEvent).find()).toLowerCase(),
    ).not.toContain(TYPED.toLowerCase());
  });

  it('a known name leaves the account, refused or not', async () => {
    const { username } = await makeAccount(app);
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username });
    const { rows, count } = await rowsOf(username, 12);
    expect([count('password.wrong'), count('password.blocked')]).toEqual([10, 2]);
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set([id]));
    expect(rows.filter(({ details }) => 'username' in details)).toEqual([]);
  });

  it('the account is named too when its own password is asked for once more', async () => {
    const { username } = await makeAccount(app);
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username });
    const person = new ApiPerson(app.url);
    await person.logIn(username, PASSWORD);
    for (let time = 0; time < 11; time += 1)
      await person.changePassword(WRONG, 'another long phrase 5512');
    await app.audited();
    const rows = await app.db.getRepository(AuditEvent).findBy({ userId: id });
    expect(rows.filter(({ name }) => name === 'password.wrong')).toHaveLength(10);
    expect(rows.filter(({ name }) => name === 'password.blocked')).toHaveLength(1);
  });
});
