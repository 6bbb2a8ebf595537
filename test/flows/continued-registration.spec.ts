import { Session } from '../../src/auth/sessions/session.entity.js';
import { minutes, seconds } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { ScriptedProvider, RIGHT_CODE } from '../support/scripted-provider.js';
import { throughBothFaces } from '../support/ways.js';

throughBothFaces('a registration whose answer was lost', ({ app, visitor, newcomer }) => {
  const row = (username: string) => app().db.getRepository(User).findOneByOrFail({ username });

  it('goes on by registering once more: the same code, no second message, a new token', async () => {
    const { person: lost, form } = await newcomer();
    const { id } = await row(form.username);
    const code = app().codeFor(form.phoneNumber);
    const person = visitor();
    expect(await person.register({ ...form, fullName: 'Alice Liddell' })).not.toHaveProperty(
      'error',
    );
    expect(person.token()).not.toBe(lost.token());
    expect(app().sent(form.phoneNumber)).toBe(1);
    expect(await lost.where()).toBe('stranger');
    expect(await app().db.getRepository(Session).countBy({ userId: id })).toBe(1);
    expect(await person.confirm(code)).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
    expect(await row(form.username)).toMatchObject({ id, fullName: 'Alice Liddell' });
  });

  it('goes on with its own token, too', async () => {
    const { person, form } = await newcomer();
    const { id } = await row(form.username);
    const code = app().codeFor(form.phoneNumber);
    expect(await person.register(form)).not.toHaveProperty('error');
    expect(await person.confirm(code)).not.toHaveProperty('error');
    expect((await row(form.username)).id).toBe(id);
  });

  it('behind the wait sends the same code again', async () => {
    const { form } = await newcomer();
    const code = app().codeFor(form.phoneNumber);
    app().clock.advance(seconds(31));
    const person = visitor();
    expect(await person.register(form)).not.toHaveProperty('error');
    expect([app().sent(form.phoneNumber), app().codeFor(form.phoneNumber)]).toEqual([2, code]);
  });

  it('keeps the tries it has spent', async () => {
    const { person: lost, form } = await newcomer();
    for (let tries = 0; tries < 3; tries += 1) await lost.confirm('000000');
    const person = visitor();
    await person.register(form);
    expect(await person.confirm('000000')).toMatchObject({ error: 'wrong_code', attemptsLeft: 1 });
  });

  it('of 50 at once all go on, with one account, one session and one message', async () => {
    const { form } = await newcomer();
    const { id } = await row(form.username);
    const people = Array.from({ length: 50 }, () => visitor());
    const outcomes = await Promise.all(people.map((person) => person.register(form)));
    expect(outcomes.filter(({ error }) => error)).toEqual([]);
    expect(app().sent(form.phoneNumber)).toBe(1);
    expect(await app().db.getRepository(Session).countBy({ userId: id })).toBe(1);
    const places = await Promise.all(people.map((person) => person.where()));
    const alive = people[places.indexOf('confirmation_required')]!;
    expect(await alive.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });

  it('sent twice at once at the very first, is one account whose code works', async () => {
    const { form } = await newcomer();
    const twice = {
      ...form,
      username: `${form.username}-twice`,
      phoneNumber: form.phoneNumber.replace(/..$/, '42'),
    };
    const people = [visitor(), visitor()];
    const outcomes = await Promise.all(people.map((person) => person.register(twice)));
    expect(outcomes.filter(({ error }) => error)).toEqual([]);
    expect(app().sent(twice.phoneNumber)).toBe(1);
    const places = await Promise.all(people.map((person) => person.where()));
    const alive = people[places.indexOf('confirmation_required')]!;
    expect(await alive.confirm(app().codeFor(twice.phoneNumber))).not.toHaveProperty('error');
  });

  it.each([
    ['another password', { password: 'quite another long phrase' }],
    ['another number', { phoneNumber: '+14155550177' }],
  ])('is taken for whoever comes with %s', async (_what, other) => {
    const { person, form } = await newcomer();
    expect(await visitor().register({ ...form, ...other })).toMatchObject({
      error: 'username_taken',
    });
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    expect(await visitor().register(form)).toMatchObject({ error: 'username_taken' });
  });

  it('is over after its time: then it begins anew', async () => {
    const { form } = await newcomer();
    const { id } = await row(form.username);
    app().clock.advance(minutes(16));
    expect(await visitor().register(form)).not.toHaveProperty('error');
    expect((await row(form.username)).id).toBeGreaterThan(id);
  });
});

const provider = new ScriptedProvider();
throughBothFaces(
  'a registration whose message never went out',
  ({ visitor, newcomer }) => {
    it('goes on by registering once more, and then it goes out', async () => {
      provider.onStart = { outcome: 'unavailable' };
      const { form } = await newcomer();
      provider.recover();
      const before = provider.started.length;
      const person = visitor();
      expect(await person.register(form)).not.toHaveProperty('error');
      expect(provider.started.length).toBe(before + 1);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });
  },
  { provider },
);
