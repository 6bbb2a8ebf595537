import { AccountEvents } from '../../src/common/account-events.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { days } from '../../src/common/clock.js';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { Texting } from '../support/texting.js';
import { makeAccount } from '../support/ways.js';

const NEW_PASSWORD = 'another Secret phrase 7391';
const first = new Texting('first');
const second = new Texting('second');
const providers = [first.provider, second.provider];

/** Keeps the next notice waiting; gives what lets it go, once it was asked for. */
const holdNotice = (sender: Texting): Promise<() => void> =>
  new Promise((asked) => {
    sender.onNotice = () => new Promise((answer) => asked(() => answer({ outcome: 'sent' })));
  });

onBothDatabases('a notice never fails, delays or tells on what it is about', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database, providers });
  });
  beforeEach(() => {
    first.recover();
    second.recover();
    app.clock.advance(days(1));
  });
  afterAll(() => app.close());

  const settled = () => app.noticesTo('');
  const lastEvent = async () => {
    await app.audited();
    const [row] = await app.db.query<{ name: string; details: string }[]>(
      "SELECT name, details FROM audit_events WHERE name LIKE 'notice.%' ORDER BY id DESC LIMIT 1",
    );
    return { name: row?.name, ...(JSON.parse(row?.details ?? '{}') as object) };
  };

  /** An account whose log-in was told of already, and its client. */
  async function loggedIn() {
    const form = await makeAccount(app);
    const person = new ApiPerson(app.url);
    await person.logIn(form.username, form.password);
    await settled();
    return { form, person };
  }

  async function changePassword(prepare?: () => void) {
    const { form, person } = await loggedIn();
    for (const sender of [first, second]) sender.recover();
    prepare?.();
    expect(await person.changePassword(form.password, NEW_PASSWORD)).toEqual({ status: 200 });
    expect(await person.where()).toBe('active');
    return form;
  }

  it.each<[SendResult, number]>([
    [{ outcome: 'unavailable' }, 1],
    [{ outcome: 'throttled', retryAfter: 30 }, 1],
    [{ outcome: 'unknown' }, 0],
    [{ outcome: 'refused', reason: 'blocked' }, 0],
  ])(
    'a sender that answers %j is asked once, and the next one only when surely nothing was sent',
    async (answer, next) => {
      const { phoneNumber } = await changePassword(
        () => (first.onNotice = () => Promise.resolve(answer)),
      );
      await settled();
      expect(first.notices().map(({ to }) => to)).toEqual([phoneNumber]);
      expect(second.notices()).toHaveLength(next);
      const event = next
        ? { name: 'notice.sent', provider: 'self:second' }
        : { name: 'notice.not-sent', provider: 'self:first', outcome: answer.outcome };
      expect(await lastEvent()).toMatchObject({ notice: 'password_changed', ...event });
    },
  );

  it('what surely did not go out is not counted', async () => {
    const { form } = await loggedIn();
    app.clock.advance(days(1));
    first.recover();
    for (const sender of [first, second])
      sender.onNotice = () => Promise.resolve({ outcome: 'throttled' });
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username: form.username });
    const emit = () =>
      app.app.get(AccountEvents).emit({ name: 'device.new', userId: id, client: LOCAL_CLIENT });
    for (let times = 0; times < 10; times += 1) emit();
    await settled();
    first.recover();
    for (let times = 0; times < 10; times += 1) emit();
    await settled();
    expect(first.notices()).toHaveLength(5);
  });

  it('a sender that does not answer keeps nobody waiting', async () => {
    let asked: Promise<() => void> | undefined;
    await changePassword(() => {
      asked = holdNotice(first);
    });
    (await asked)?.();
    await settled();
    expect(await lastEvent()).toMatchObject({ name: 'notice.sent', provider: 'self:first' });
  });

  it('a sender that breaks down costs a line in the log, without what it said', async () => {
    const { form, person } = await loggedIn();
    first.onNotice = () => Promise.reject(new Error(`no text for ${form.phoneNumber}`));
    expect(await person.changePassword(form.password, NEW_PASSWORD)).toEqual({ status: 200 });
    await settled();
    const lines = app.logs.filter((line) => line.includes('A notice failed.'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(form.phoneNumber.slice(2));
  });

  it('no text holds a name, a number, a password or a code, and no log line or event a number', async () => {
    const form = await changePassword();
    await app.db
      .getRepository(User)
      .update({ username: form.username }, { fullName: 'Zoë Example' });
    await settled();
    await app.audited();
    const texts = first.notices().map(({ text }) => text);
    expect(texts).toHaveLength(1);
    for (const word of [
      form.username,
      'Zoë',
      form.password,
      NEW_PASSWORD,
      form.phoneNumber.slice(2),
    ])
      expect(texts.join()).not.toContain(word);
    expect(texts.join().replace('127.0.0.1', '')).not.toMatch(/\d/);
    const kept =
      JSON.stringify(await app.db.query('SELECT details FROM audit_events')) + app.logs.join('');
    expect(kept).not.toContain(form.phoneNumber.slice(2));
  });
});

/** Of the new device and of the password. */
const both = <T>(row: T): T[] => [row, row];

describe('notices', () => {
  it('on their way are waited for when the server ends, with what they leave in the books', async () => {
    const use = await migratedDatabase('SQLite');
    const sender = new Texting('first');
    const app = await startApp({ use, providers: [sender.provider] });
    const form = await makeAccount(app);
    const person = new ApiPerson(app.url);
    await person.logIn(form.username, form.password);
    await app.noticesTo('');
    const asked = holdNotice(sender);
    await person.changePassword(form.password, NEW_PASSWORD);
    const letGo = await asked;
    const closed = app.close();
    letGo();
    await closed;
    const again = await startApp({ use });
    const events = await again.db.query<object[]>(
      "SELECT name FROM audit_events WHERE name LIKE 'notice.%'",
    );
    expect(events).toEqual(both({ name: 'notice.sent' }));
    expect(await again.db.query("SELECT status FROM sent_messages WHERE kind = 'notice'")).toEqual(
      both({ status: 'sent' }),
    );
    await again.close();
    await use.drop();
  });

  it('stay away where they are off', async () => {
    const app = await startApp({ environment: { NOTICES: 'off' } });
    const form = await makeAccount(app);
    const person = new ApiPerson(app.url);
    await person.logIn(form.username, form.password);
    await person.changePassword(form.password, NEW_PASSWORD);
    expect(await app.noticesTo(form.phoneNumber)).toEqual([]);
    await app.close();
  });
});
