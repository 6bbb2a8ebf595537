import { minutes } from '../../src/common/clock.js';
import type { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

onBothDatabases('staff and a number that somebody else has proven', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let helper: StaffPerson;
  let blind: StaffPerson;
  let made = 0;

  const member = (rights = {}) => account(app, `member${++made}`, rights);
  const row = async ({ id }: Pick<User, 'id'>): Promise<Record<string, unknown>> =>
    (await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [id]))[0]!;
  const give = (staff: StaffPerson, { id }: User, number: string) =>
    staff.edit(id, { new_phone_number: number });
  const act = (staff: StaffPerson, { id }: User, action: string) =>
    staff.send(`/resources/users/records/${id}/${action}`);
  const atField = ({ json }: Awaited<ReturnType<typeof give>>) =>
    json.record?.errors['new_phone_number'];
  /** Its holder with a browser of their own, behind the right password. */
  async function person({ username }: User): Promise<ApiPerson> {
    const client = new ApiPerson(app.url);
    app.clock.advance(minutes(11));
    await client.logIn(username, PASSWORD);
    return client;
  }

  beforeAll(async () => {
    app = await startApp({ database });
    await superuser(app);
    await account(app, 'helper', {
      isStaff: true,
      permissions: ['users.view', 'users.change', 'users.add', 'users.delete'],
    });
    await account(app, 'blind', { isStaff: true, permissions: ['users.add'] });
    root = await StaffPerson.at(app, 'root');
    helper = await StaffPerson.at(app, 'helper');
    blind = await StaffPerson.at(app, 'blind');
  });
  afterAll(() => app.close());

  it('is refused at the field, for a new account too, and nothing is stored', async () => {
    const [owner, other] = [await member(), await member()];
    const refused = atField(await give(helper, other, owner.phoneNumber));
    expect(refused?.type).toBe('taken');
    expect(refused?.message).toContain('A superuser can release it there.');
    expect(refused).not.toHaveProperty('account');
    expect(await row(other)).toMatchObject({
      phone_number: other.phoneNumber,
      verified_phone_number: other.phoneNumber,
    });
    const fresh = {
      username: 'fresh',
      new_phone_number: owner.phoneNumber,
      new_password: PASSWORD,
    };
    expect(atField(await helper.send('/resources/users/actions/new', fresh))).toMatchObject({
      type: 'taken',
    });
    expect(await app.db.query('SELECT id FROM users WHERE username = ?', ['fresh'])).toEqual([]);
  });

  it('says whose it is to who may look at accounts, and to nobody else', async () => {
    const owner = await member();
    expect(atField(await give(helper, await member(), owner.phoneNumber))?.message).toContain(
      `${owner.username} (#${owner.id})`,
    );
    const fresh = {
      username: 'unseen',
      new_phone_number: owner.phoneNumber,
      new_password: PASSWORD,
    };
    const { text } = await blind.send('/resources/users/actions/new', fresh);
    expect(text).toContain(
      'Another account has proven this number. A superuser can release it there.',
    );
    expect(text).not.toContain(owner.username);
  });

  it("a number that nobody has proven is given to anybody, and an account's own to itself", async () => {
    const [unproven, other] = [await member(), await member()];
    await app.db.query(
      'UPDATE users SET phone_number_verified = 0, verified_phone_number = NULL WHERE id = ?',
      [unproven.id],
    );
    expect((await give(helper, other, unproven.phoneNumber)).json.notice?.type).toBe('success');
    expect((await give(root, await member(), other.phoneNumber)).json.notice?.type).toBe('success');
    const own = await member();
    expect((await give(root, own, own.phoneNumber)).json.notice?.type).toBe('success');
    expect(await row(own)).toMatchObject({ verified_phone_number: own.phoneNumber });
  });

  it('is released by a superuser there: its sessions end, its phone is told, and then it can be given', async () => {
    const [owner, other] = [await member(), await member()];
    const inside = await person(owner);
    expect(atField(await give(root, other, owner.phoneNumber))).toMatchObject({
      account: owner.id,
    });
    expect((await act(root, owner, 'releaseNumber')).json.notice).toMatchObject({
      type: 'success',
    });
    expect(await row(owner)).toMatchObject({
      phone_number: owner.phoneNumber,
      verified_phone_number: null,
    });
    expect(Number((await row(owner))['phone_number_verified'])).toBe(0);
    expect(await inside.where()).toBe('stranger');
    expect((await app.noticesTo(owner.phoneNumber)).at(-1)).toContain('no longer uses this phone');
    await app.audited();
    const query = 'SELECT * FROM audit_events WHERE name = ? AND user_id = ?';
    const events: unknown = await app.db.query(query, ['phone.released', owner.id]);
    expect(events).toMatchObject([{ details: '{}' }]);
    expect((await give(root, other, owner.phoneNumber)).json.notice?.type).toBe('success');
    expect((await act(root, owner, 'releaseNumber')).json.notice?.type).toBe('error');
  });

  it('is released by nobody else, by no superuser from their own account, and by no GET', async () => {
    const owner = await member();
    await act(helper, owner, 'releaseNumber');
    await root.read(`/resources/users/records/${owner.id}/releaseNumber`);
    expect(await row(owner)).toMatchObject({ verified_phone_number: owner.phoneNumber });
    const [{ id }] = await app.db.query<[User]>('SELECT * FROM users WHERE username = ?', ['root']);
    await act(root, { id } as User, 'releaseNumber');
    expect((await row({ id }))['verified_phone_number']).not.toBeNull();
  });

  it.each(['deactivate', 'delete'])('%s frees it', async (action) => {
    const [owner, other] = [await member(), await member()];
    expect((await act(root, owner, action)).json.notice?.type).toBe('success');
    expect((await give(helper, other, owner.phoneNumber)).json.notice?.type).toBe('success');
    const client = await person(other);
    expect(await client.confirm(app.codeFor(owner.phoneNumber))).not.toHaveProperty('error');
    expect(await client.where()).toBe('active');
  });

  it('who is let in again proves it anew, and gives another one where it was taken meanwhile', async () => {
    const [kept, lost] = [await member(), await member({ isStaff: true })];
    for (const user of [kept, lost]) await act(root, user, 'deactivate');
    const newcomer = new ApiPerson(app.url);
    await newcomer.register({ ...somebody(), phoneNumber: lost.phoneNumber });
    expect(await newcomer.confirm(app.codeFor(lost.phoneNumber))).not.toHaveProperty('error');
    for (const user of [kept, lost])
      expect((await act(root, user, 'activate')).json.notice?.type).toBe('success');
    const one = await person(kept);
    expect(await one.where()).toBe('confirmation_required');
    expect(await one.confirm(app.codeFor(kept.phoneNumber))).not.toHaveProperty('error');
    const other = await person(lost);
    expect(await other.confirm(app.codeFor(lost.phoneNumber))).toMatchObject({
      error: 'phone_number_taken',
    });
    const { phoneNumber } = somebody();
    await other.giveNumber(phoneNumber);
    expect(await other.confirm(app.codeFor(phoneNumber))).not.toHaveProperty('error');
    expect(await row(lost)).toMatchObject({ verified_phone_number: phoneNumber });
  });

  it('fifty at once, two staff and a registration: one account has proven it, and nobody else is lost', async () => {
    const { phoneNumber } = somebody();
    const newcomer = new ApiPerson(app.url);
    await newcomer.register({ ...somebody(), phoneNumber });
    const code = app.codeFor(phoneNumber);
    const users = [await member(), await member(), await member(), await member(), await member()];
    const staff = [root, helper];
    const edits = Array.from({ length: 49 }, (_, at) =>
      give(staff[at % 2]!, users[at % users.length]!, phoneNumber),
    );
    const [confirmed, ...answers] = await Promise.all([newcomer.confirm(code), ...edits]);
    expect(confirmed).not.toHaveProperty('error');
    const given = answers.map(
      (answer) => answer.json.notice?.type === 'success' || atField(answer)?.message !== undefined,
    );
    expect(given).not.toContain(false);
    const proven: unknown = await app.db.query(
      'SELECT id FROM users WHERE verified_phone_number = ?',
      [phoneNumber],
    );
    expect(proven).toHaveLength(1);
    const holders = 'SELECT * FROM users WHERE phone_number = ? AND phone_number_verified = 0';
    const [late] = await app.db.query<User[]>(holders, [phoneNumber]);
    const client = await person(late ?? users[0]!);
    if (late)
      expect(await client.confirm(app.codeFor(phoneNumber))).toMatchObject({
        error: 'phone_number_taken',
      });
    expect(await client.where()).toBe(late ? 'confirmation_required' : 'active');
  });

  it('fifty who release it at once release it once', async () => {
    const owner = await member();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => act(root, owner, 'releaseNumber')),
    );
    expect(answers.filter(({ json }) => json.notice?.type === 'success')).toHaveLength(1);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expect(await app.noticesTo(owner.phoneNumber)).toHaveLength(1);
  });
});
