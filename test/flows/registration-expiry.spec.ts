import { PurgeService } from '../../src/auth/purge.service.js';
import { minutes } from '../../src/common/clock.js';
import { somebody } from '../support/people.js';
import type { TestApp } from '../support/start-app.js';
import { makeAccount, throughBothFaces } from '../support/ways.js';

const idOf = async ({ db }: TestApp, username: string): Promise<number | undefined> => {
  const [row] = await db.query<{ id: number }[]>('SELECT id FROM users WHERE username = ?', [username]);
  return row?.id;
};
const purge = ({ app }: TestApp) => app.get(PurgeService, { strict: false }).purge();
const TAKEN = { error: 'username_taken' };

throughBothFaces('an unfinished registration', ({ app, visitor, newcomer, member }) => {
  it('holds its username for 15 minutes; then the name is free, and belongs to a new id', async () => {
    const { form } = await newcomer();
    const before = await idOf(app(), form.username);
    app().clock.advance(minutes(15) - 1);
    expect(await visitor().register(form)).toMatchObject(TAKEN);
    app().clock.advance(1);
    const next = visitor();
    expect(await next.register(form)).not.toHaveProperty('error');
    expect(await idOf(app(), form.username)).toBeGreaterThan(before!);
    await next.confirm(app().codeFor(form.phoneNumber));
    expect(await next.where()).toBe('active');
  });

  it('lives on with every code sent', async () => {
    const { person, form } = await newcomer();
    app().clock.advance(minutes(9));
    await person.resend();
    app().clock.advance(minutes(15) - 1);
    expect(await visitor().register(form)).toMatchObject(TAKEN);
    app().clock.advance(1);
    expect(await visitor().register(form)).not.toHaveProperty('error');
  });

  it('lives on with a code sent by a log-in', async () => {
    const { form } = await newcomer();
    app().clock.advance(minutes(14));
    const person = visitor();
    await person.logIn(form.username, form.password);
    app().clock.advance(minutes(5));
    await purge(app());
    expect(await visitor().register(form)).toMatchObject(TAKEN);
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  });

  it('ends after one hour, however often a code is sent', async () => {
    const { form } = await newcomer();
    for (let logIns = 0; logIns < 4; logIns += 1) {
      app().clock.advance(minutes(14));
      expect(await visitor().logIn(form.username, form.password)).not.toHaveProperty('error');
    }
    app().clock.advance(minutes(4) - 1);
    expect(await visitor().register(form)).toMatchObject(TAKEN);
    app().clock.advance(1);
    expect(await visitor().register(form)).not.toHaveProperty('error');
  });

  it('once over means nothing, purged or not: no session, no code, no log-in', async () => {
    const { form } = await newcomer();
    const person = visitor();
    for (let logIns = 0; logIns < 4; logIns += 1) {
      app().clock.advance(minutes(14));
      await person.logIn(form.username, form.password);
    }
    expect(await person.where()).toBe('confirmation_required');
    app().clock.advance(minutes(4));
    expect(await person.where()).toBe('stranger');
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({ error: 'unauthenticated' });
    expect(await visitor().logIn(form.username, form.password)).toMatchObject({ status: 401, error: 'invalid_credentials' });
  });

  it('is taken away with its sessions and challenges; finished ones and those that staff made stay', async () => {
    const { form } = await newcomer();
    const finished = await member();
    const made = await makeAccount(app(), { phoneNumberVerified: false });
    const id = await idOf(app(), form.username);
    app().clock.advance(minutes(15));
    await purge(app());
    expect(await idOf(app(), form.username)).toBeUndefined();
    for (const table of ['sessions', 'challenges']) {
      expect(await app().db.query(`SELECT id FROM ${table} WHERE user_id = ?`, [id])).toEqual([]);
    }
    expect(await finished.person.where()).toBe('active');
    expect(await idOf(app(), made.username)).toBeDefined();
  });

  it('may be replaced by the same client at once, under the same name', async () => {
    const { person, form } = await newcomer();
    const other = { ...form, phoneNumber: somebody().phoneNumber };
    expect(await visitor().register(other)).toMatchObject(TAKEN);
    expect(await person.register(other)).not.toHaveProperty('error');
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({ error: 'wrong_code' });
    expect(await person.confirm(app().codeFor(other.phoneNumber))).not.toHaveProperty('error');
  });

  it('blocks nobody else from registering with the same number', async () => {
    const { form } = await newcomer();
    app().clock.advance(minutes(1));
    const holder = await newcomer({ phoneNumber: form.phoneNumber });
    expect(await holder.person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });
});
