import { jest } from '@jest/globals';
import { PurgeService } from '../../src/auth/purge.service.js';
import { RegistrationService } from '../../src/auth/registration.service.js';
import { StaffAccountsService } from '../../src/staff/staff-accounts.service.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { minutes } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { wrongCodes } from '../../src/phone-verification/code-rules.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { UsersService } from '../../src/users/users.service.js';
import { somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import type { TestApp } from '../support/start-app.js';
import { makeAccount, throughBothFaces } from '../support/ways.js';

const idOf = async ({ db }: TestApp, username: string): Promise<number | undefined> => {
  const [row] = await db.query<{ id: number }[]>('SELECT id FROM users WHERE username = ?', [
    username,
  ]);
  return row?.id;
};
const purge = ({ app }: TestApp) => app.get(PurgeService, { strict: false }).purge();
const TAKEN = { error: 'username_taken' };
/**
 * Somebody else who wants the name: whoever has number and password goes on with their own
 * registration.
 */
const another = (form: Registration): Registration => ({
  ...form,
  phoneNumber: somebody().phoneNumber,
});

throughBothFaces('an unfinished registration', ({ app, visitor, newcomer, member }) => {
  it('holds its username for 15 minutes; then the name is free, and belongs to a new id', async () => {
    const { form } = await newcomer();
    const before = await idOf(app(), form.username);
    app().clock.advance(minutes(15) - 1);
    expect(await visitor().register(another(form))).toMatchObject(TAKEN);
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
    expect(await visitor().register(another(form))).toMatchObject(TAKEN);
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
    expect(await visitor().register(another(form))).toMatchObject(TAKEN);
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
    expect(await visitor().register(another(form))).toMatchObject(TAKEN);
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
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
      error: 'unauthenticated',
    });
    expect(await visitor().logIn(form.username, form.password)).toMatchObject({
      status: 401,
      error: 'invalid_credentials',
    });
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

  it('extended while it is being purged, stays, and the purge comes to its end', async () => {
    const { person, form } = await newcomer();
    const id = await idOf(app(), form.username);
    const seen = jest
      .spyOn(app().app.get(UsersService, { strict: false }), 'expiredRegistrations')
      .mockResolvedValue([id!]);
    expect(await purge(app())).toMatchObject({ registrations: 0 });
    seen.mockRestore();
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });

  it.each<[string, (id: number, form: Registration) => Promise<unknown>]>([
    [
      'undone',
      (id) => app().app.get(RegistrationService, { strict: false }).undo(id, LOCAL_CLIENT),
    ],
    [
      'replaced',
      (_id, form) => {
        app().clock.advance(minutes(15));
        return visitor().register(form);
      },
    ],
    [
      'purged',
      () => {
        app().clock.advance(minutes(15));
        return purge(app());
      },
    ],
    [
      'deleted by staff',
      async (id) => {
        const root = await idOf(
          app(),
          (await makeAccount(app(), { isStaff: true, isSuperuser: true })).username,
        );
        const rights = { isActive: true, isStaff: true, isSuperuser: true, permissions: [] };
        await app()
          .app.get(StaffAccountsService, { strict: false })
          .remove({ id: root!, sessionId: 0, rights }, id, LOCAL_CLIENT);
      },
    ],
  ])('%s leaves no count of its wrong codes behind', async (_way, remove) => {
    const { person, form } = await newcomer();
    const id = (await idOf(app(), form.username))!;
    await person.confirm('000000');
    const tally = {
      key: `${wrongCodes.name}:${app().app.get(KeyRing).fingerprint(wrongCodes.name, `${id}`)}`,
    };
    expect(await app().db.getRepository(Budget).countBy(tally)).toBe(1);
    await remove(id, form);
    expect(await app().db.query('SELECT id FROM users WHERE id = ?', [id])).toEqual([]);
    expect(await app().db.getRepository(Budget).countBy(tally)).toBe(0);
  });

  it('may be replaced by the same client at once, under the same name', async () => {
    const { person, form } = await newcomer();
    const other = { ...form, phoneNumber: somebody().phoneNumber };
    expect(await visitor().register(other)).toMatchObject(TAKEN);
    expect(await person.register(other)).not.toHaveProperty('error');
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
      error: 'wrong_code',
    });
    expect(await person.confirm(app().codeFor(other.phoneNumber))).not.toHaveProperty('error');
  });

  it('blocks nobody else from registering with the same number', async () => {
    const { form } = await newcomer();
    app().clock.advance(minutes(1));
    const holder = await newcomer({ phoneNumber: form.phoneNumber });
    expect(await holder.person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty(
      'error',
    );
  });
});
