import { minutes } from '../../src/common/clock.js';
import type { TestDatabase } from '../support/databases.js';
import { FakeAuthy } from '../support/fake-authy.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { booksOf } from '../support/message-books.js';
import { everyWay, somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';

everyWay('a new VERIFICATION_PROVIDER while challenges are open', ({ database, person }) => {
  let use: TestDatabase;
  let authy: FakeAuthy;
  let app: TestApp;
  beforeEach(async () => {
    use = await migratedDatabase(database);
    authy = await new FakeAuthy({ now: () => app.clock.now().getTime() }).start();
  });
  afterEach(async () => {
    await app.close();
    await authy.close();
    await use.drop();
  });

  const account = () => ({ AUTHY_KEY: authy.key, AUTHY_URL: authy.url });
  const start = async (environment: Record<string, string>) => {
    app = await startApp({ use, environment });
  };
  /** The same people meet the application again a minute later, with other settings. */
  const restart = async (environment: Record<string, string>, ...people: readonly Person[]) => {
    await app.close();
    await start(environment);
    app.clock.advance(minutes(1));
    return people.map((one) => one.at(app.url));
  };
  const newcomer = async () => {
    const form = somebody();
    const one = person(app.url);
    expect(await one.register(form)).not.toHaveProperty('error');
    return { one, phoneNumber: form.phoneNumber };
  };
  const holder = async (phoneNumber: string) =>
    (await booksOf(app, phoneNumber)).challenge.provider;
  const messages = (phoneNumber: string) =>
    authy.messages.filter(({ to }) => to === phoneNumber).length;

  it('from authy to self: open ones finish at authy, sent again by it or not; new ones get a code made here', async () => {
    await start({ ...account(), VERIFICATION_PROVIDER: 'authy' });
    const [alice, bob] = [await newcomer(), await newcomer()];
    const [one, other] = await restart(
      { ...account(), VERIFICATION_PROVIDER: 'self' },
      alice.one,
      bob.one,
    );

    expect(await one!.confirm(authy.codeFor(alice.phoneNumber))).not.toHaveProperty('error');
    expect(await one!.where()).toBe('active');
    expect(await other!.resend()).not.toHaveProperty('error');
    expect([messages(bob.phoneNumber), app.sent(bob.phoneNumber)]).toEqual([2, 0]);
    expect(await other!.confirm(authy.codeFor(bob.phoneNumber))).not.toHaveProperty('error');
    expect(authy.checks).toHaveLength(2);

    const carol = await newcomer();
    expect([messages(carol.phoneNumber), app.sent(carol.phoneNumber)]).toEqual([0, 1]);
    expect(await carol.one.confirm(app.codeFor(carol.phoneNumber))).not.toHaveProperty('error');
    expect(await holder(carol.phoneNumber)).toBe('self');
    expect(authy.checks).toHaveLength(2);
  });

  it('from self to authy: a code made here still counts though nobody carries it any more; new ones go by authy', async () => {
    await start({ VERIFICATION_PROVIDER: 'self' });
    const [alice, bob] = [await newcomer(), await newcomer()];
    const codes = [app.codeFor(alice.phoneNumber), app.codeFor(bob.phoneNumber)] as const;
    const [one, other] = await restart(
      { ...account(), VERIFICATION_PROVIDER: 'authy' },
      alice.one,
      bob.one,
    );

    expect(await one!.confirm(codes[0])).not.toHaveProperty('error');
    expect(await one!.where()).toBe('active');
    expect(authy.checks).toEqual([]);
    expect(await other!.resend()).not.toHaveProperty('error');
    expect([messages(bob.phoneNumber), await holder(bob.phoneNumber)]).toEqual([1, 'authy']);
    expect(await other!.confirm(authy.codeFor(bob.phoneNumber))).not.toHaveProperty('error');

    const carol = await newcomer();
    expect([messages(carol.phoneNumber), await holder(carol.phoneNumber)]).toEqual([1, 'authy']);
    expect(await carol.one.confirm(authy.codeFor(carol.phoneNumber))).not.toHaveProperty('error');
  });

  it('and its account taken away: nothing to confirm, no try is lost, and a new code works', async () => {
    await start({ ...account(), VERIFICATION_PROVIDER: 'authy' });
    const { one, phoneNumber } = await newcomer();
    const [again] = await restart({ VERIFICATION_PROVIDER: 'self' }, one);

    for (let tries = 0; tries < 6; tries += 1) {
      expect(await again!.confirm(authy.codeFor(phoneNumber))).toMatchObject({
        error: 'no_pending_confirmation',
      });
    }
    expect(await again!.where()).toBe('confirmation_required');
    expect((await booksOf(app, phoneNumber)).challenge.attemptsLeft).toBe(5);
    expect(await again!.resend()).not.toHaveProperty('error');
    expect(await holder(phoneNumber)).toBe('self');
    expect(await again!.confirm(app.codeFor(phoneNumber))).not.toHaveProperty('error');
    expect([authy.started.length, authy.checks.length]).toEqual([1, 0]);
  });

  it('there and back again: whoever sent last is whose code counts', async () => {
    await start({ ...account(), VERIFICATION_PROVIDER: 'self' });
    const { one, phoneNumber } = await newcomer();
    const first = app.codeFor(phoneNumber);
    const [there] = await restart({ ...account(), VERIFICATION_PROVIDER: 'authy' }, one);
    expect(await there!.resend()).not.toHaveProperty('error');
    const second = authy.codeFor(phoneNumber);
    const [back] = await restart({ ...account(), VERIFICATION_PROVIDER: 'self' }, there!);
    if (first !== second) expect(await back!.confirm(first)).toMatchObject({ error: 'wrong_code' });
    expect(await back!.confirm(second)).not.toHaveProperty('error');
  });
});
