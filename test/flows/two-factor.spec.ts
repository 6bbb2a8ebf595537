import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { minutes, seconds } from '../../src/common/clock.js';
import type { Person } from '../support/person.js';
import {
  throughApi,
  throughBothFaces,
  throughPages,
  type Member,
  type Way,
} from '../support/ways.js';

const STEP_UP = { error: 'step_up_required' };

// A program answers the challenge and asks again; the confirm page applies the change by itself.
async function prove(
  { face, app }: Way,
  { person, form }: Member<Person>,
  enabled: boolean,
): Promise<void> {
  expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  if (face === 'api') expect(await person.setTwoFactor(enabled)).not.toHaveProperty('error');
}

throughBothFaces('the second factor', (way) => {
  const { app, visitor, member } = way;
  const asksForCode = async ({ form }: Member<Person>) => {
    const other = visitor();
    await other.logIn(form.username, form.password);
    return (await other.where()) === 'confirmation_required';
  };

  it('goes on at once within 5 minutes of a proof of the phone', async () => {
    const alice = await member();
    app().clock.advance(minutes(5) - 1);
    expect(await alice.person.setTwoFactor(true)).not.toHaveProperty('error');
    expect(await asksForCode(alice)).toBe(true);
  });

  it('after 5 minutes goes on by a challenge; the session stays active meanwhile', async () => {
    const alice = await member();
    app().clock.advance(minutes(5));
    expect(await alice.person.setTwoFactor(true)).toMatchObject(STEP_UP);
    expect(await alice.person.where()).toBe('active');
    expect(await asksForCode(alice)).toBe(false);
    await prove(way, alice, true);
    expect(await asksForCode(alice)).toBe(true);
  });

  it('never goes off without a challenge, not even right after a proof for something else', async () => {
    const alice = await member({ twoFactor: true });
    expect(await alice.person.setTwoFactor(false)).toMatchObject(STEP_UP);
    expect(await asksForCode(alice)).toBe(true);
    app().clock.advance(seconds(30));
    await alice.person.resend();
    await prove(way, alice, false);
    expect(await asksForCode(alice)).toBe(false);
  });

  it('asked for twice sends one message', async () => {
    const { person, form } = await member({ twoFactor: true });
    const sent = app().sent(form.phoneNumber);
    for (const enabled of [false, false])
      expect(await person.setTwoFactor(enabled)).toMatchObject(STEP_UP);
    expect(app().sent(form.phoneNumber)).toBe(sent + 1);
  });

  it.each([true, false])('ends all other sessions when it changes to %s', async (enabled) => {
    const alice = await member({ twoFactor: !enabled });
    const other = visitor();
    await other.logIn(alice.form.username, alice.form.password);
    if (!enabled) {
      app().clock.advance(seconds(30));
      await other.resend();
      await other.confirm(app().codeFor(alice.form.phoneNumber));
    }
    expect(await other.where()).toBe('active');
    if ((await alice.person.setTwoFactor(enabled)).error) await prove(way, alice, enabled);
    expect(await other.where()).toBe('stranger');
    expect(await alice.person.where()).toBe('active');
  });

  it.each([true, false])(
    'set to %s, which it is, asks for no proof and ends no session',
    async (enabled) => {
      const alice = await member({ twoFactor: enabled });
      const other = visitor();
      await other.logIn(alice.form.username, alice.form.password);
      const before = await other.where();
      expect(await alice.person.setTwoFactor(enabled)).not.toHaveProperty('error');
      expect(before).toBe(enabled ? 'confirmation_required' : 'active');
      expect(await other.where()).toBe(before);
    },
  );

  it('a code for switching it off does not log anybody in', async () => {
    const alice = await member({ twoFactor: true });
    app().clock.advance(minutes(1));
    await alice.person.setTwoFactor(false);
    const code = app().codeFor(alice.form.phoneNumber);
    const thief = visitor();
    await thief.logIn(alice.form.username, alice.form.password);
    expect(await thief.confirm(code)).toMatchObject({ error: 'wrong_code' });
  });
});

throughPages('the second factor on pages', ({ app, member }) => {
  it('is applied by the confirm page, and the dashboard says so', async () => {
    const { person, form } = await member({ twoFactor: true });
    expect(await person.post('/dashboard/', { two_factor_auth: 'off' })).toMatchObject({
      status: 303,
      location: '/verify/',
    });
    expect((await person.get('/verify/')).text).toContain(
      'Enter the one-time password to turn two-factor log-in off.',
    );
    const done = await person.post('/verify/', {
      one_time_password: app().codeFor(form.phoneNumber),
    });
    expect(done).toMatchObject({ status: 303, location: '/dashboard/' });
    expect((await person.get('/dashboard/')).text).toMatch(
      /Two-factor authentication is off\..*Turn two-factor on/,
    );
  });

  it('can be left as it is: back to the dashboard, the code is void', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.post('/dashboard/', { two_factor_auth: 'off' });
    expect(await person.post('/verify/cancel', {})).toMatchObject({
      status: 303,
      location: '/dashboard/',
    });
    const late = await person.post('/verify/', {
      one_time_password: app().codeFor(form.phoneNumber),
    });
    expect(late).toMatchObject({ status: 303, location: '/dashboard/' });
    expect((await person.get('/dashboard/')).text).toMatch(
      /There was nothing to confirm any more\..*Turn two-factor off/,
    );
  });

  it('asked for and left until its code is dead, leads back to the dashboard by either button', async () => {
    const { person } = await member({ twoFactor: true });
    await person.post('/dashboard/', { two_factor_auth: 'off' });
    app().clock.advance(minutes(10));
    expect(await person.post('/verify/', { one_time_password: '123456' })).toMatchObject({
      status: 303,
      location: '/dashboard/',
    });
  });

  it('leads to the dashboard, wherever the log-in once wanted to go', async () => {
    const { person, form } = await member();
    await person.logOut();
    expect(
      (
        await person.post('/login/?next=/password/', {
          username: form.username,
          password: form.password,
        })
      ).location,
    ).toBe('/password/');
    app().clock.advance(minutes(6));
    await person.post('/dashboard/', { two_factor_auth: 'on' });
    const done = await person.post('/verify/', {
      one_time_password: app().codeFor(form.phoneNumber),
    });
    expect(done.location).toBe('/dashboard/');
  });

  it('takes nothing but on and off', async () => {
    const { person } = await member();
    expect(await person.post('/dashboard/', { two_factor_auth: 'toggle' })).toMatchObject({
      status: 400,
    });
    expect(await person.post('/dashboard/', {})).toMatchObject({ status: 400 });
    expect((await person.get('/dashboard/')).text).toContain('Turn two-factor on');
  });
});

throughApi('the second factor by API', ({ app, member }) => {
  it('says which challenge it waits for, and shows it on the active session', async () => {
    const { person } = await member({ twoFactor: true });
    await person.setTwoFactor(false);
    const { body } = person.last!;
    expect(body).toMatchObject({
      code: 'step_up_required',
      confirmation: { purpose: 'disable_two_factor', attempts_left: 5 },
    });
    const session = await person.call('GET', '/session');
    expect(session.body).toMatchObject({ state: 'active', confirmation: body['confirmation'] });
    app().clock.advance(minutes(10));
    expect((await person.call('GET', '/session')).body).toMatchObject({
      state: 'active',
      confirmation: null,
    });
  });

  it('a proof to switch it off is used up by it', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.setTwoFactor(false);
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await person.setTwoFactor(false)).not.toHaveProperty('error');
    expect(await person.setTwoFactor(true)).not.toHaveProperty('error');
    expect(await person.setTwoFactor(false)).toMatchObject(STEP_UP);
    expect(await person.setTwoFactor(true)).not.toHaveProperty('error');
  });

  it('of 50 that switch it off at once one uses the proof up, and all find it off', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.setTwoFactor(false);
    await person.confirm(app().codeFor(form.phoneNumber));
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => person.twin().setTwoFactor(false)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(Array(50).fill(200));
    await app().audited();
    const { id } = (await person.call('GET', '/me')).body;
    expect(
      await app()
        .db.getRepository(AuditEvent)
        .countBy({ name: 'two-factor.off', userId: id as number }),
    ).toBe(1);
  });

  it('a proof to switch it off serves for 5 minutes', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.setTwoFactor(false);
    await person.confirm(app().codeFor(form.phoneNumber));
    app().clock.advance(minutes(5));
    expect(await person.setTwoFactor(false)).toMatchObject(STEP_UP);
  });
});
