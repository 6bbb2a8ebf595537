import { minutes } from '../../src/common/clock.js';
import { hashToken } from '../../src/common/token.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { makeAccount, throughBothFaces, throughPages } from '../support/ways.js';

throughBothFaces(
  'rule 5: authentication changes the session token',
  ({ app, visitor, newcomer, member }) => {
    const stored = (token: string | undefined) =>
      app()
        .db.getRepository(Session)
        .countBy({ tokenHash: hashToken(token ?? '') });

    async function expectNewToken(person: Person, step: () => Promise<unknown>) {
      const old = person.twin();
      await step();
      expect(person.token()).not.toBe(old.token());
      expect(await old.where()).toBe('stranger');
      expect([await stored(old.token()), await stored(person.token())]).toEqual([0, 1]);
    }

    it('at the code', async () => {
      const { person, form } = await newcomer();
      await expectNewToken(person, () => person.confirm(app().codeFor(form.phoneNumber)));
      expect(await person.where()).toBe('active');
    });

    it('at step-up', async () => {
      const { person, form } = await member();
      app().clock.advance(minutes(6));
      await person.setTwoFactor(true);
      await expectNewToken(person, () => person.confirm(app().codeFor(form.phoneNumber)));
    });

    it('at a password change, which ends all other sessions', async () => {
      const { person, form } = await member();
      const other = visitor();
      await other.logIn(form.username, PASSWORD);
      await expectNewToken(person, () =>
        person.changePassword(PASSWORD, 'quite another long phrase'),
      );
      expect(await other.where()).toBe('stranger');
    });

    it('at the password, when a pending session logs in again', async () => {
      const { person, form } = await newcomer();
      await expectNewToken(person, () => person.logIn(form.username, PASSWORD));
    });

    it('at the password, when a session that owes a new password logs in again', async () => {
      const { username } = await makeAccount(app(), { changePw: true });
      const person = visitor();
      await person.logIn(username, PASSWORD);
      await expectNewToken(person, () => person.logIn(username, PASSWORD));
    });

    it('and a change of the second factor ends the other sessions', async () => {
      const { person, form } = await member();
      const other = visitor();
      await other.logIn(form.username, PASSWORD);
      await person.setTwoFactor(true);
      expect([await person.where(), await other.where()]).toEqual(['active', 'stranger']);
    });

    it('keeps no token as it is', async () => {
      const { person } = await member();
      expect(JSON.stringify(await app().db.getRepository(Session).find())).not.toContain(
        person.token(),
      );
    });
  },
);

throughPages('session fixation', ({ app, newcomer }) => {
  it("a pending token planted before the log-in neither becomes the victim's nor lives on", async () => {
    const attacker = await newcomer();
    const planted = attacker.person.token() ?? '';
    const { username } = await makeAccount(app());
    const victim = new PagePerson(app().url);
    victim.jar.set('session', planted);
    await victim.logIn(username, PASSWORD);
    expect(victim.token()).not.toBe(planted);
    expect([await victim.where(), await attacker.person.where()]).toEqual(['active', 'stranger']);
  });

  it('a token that nobody ever made is not taken over', async () => {
    const victim = new PagePerson(app().url);
    victim.jar.set('session', 'A'.repeat(43));
    await victim.register(somebody());
    expect(victim.token()).not.toBe('A'.repeat(43));
  });
});
