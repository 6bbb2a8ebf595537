import { minutes } from '../../src/common/clock.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import { throughBothFaces, wrong } from '../support/ways.js';

throughBothFaces(
  'rule 2: a code belongs to one session, one user, one phone, one purpose',
  ({ app, visitor, newcomer, member }) => {
    const users = () => app().db.getRepository(User);
    const isVerified = async (username: string) =>
      (await users().findOneByOrFail({ username })).phoneNumberVerified;

    it('serves no other user', async () => {
      const [alice, mallory] = [await newcomer(), await newcomer()];
      expect(await mallory.person.confirm(app().codeFor(alice.form.phoneNumber))).toMatchObject({
        error: 'wrong_code',
      });
      expect(await isVerified(mallory.form.username)).toBe(false);
    });

    it('serves no other session of the same user', async () => {
      const { person, form } = await member({ twoFactor: true });
      const [first, second] = [visitor(), visitor()];
      await person.logOut();
      await first.logIn(form.username, PASSWORD);
      const code = app().codeFor(form.phoneNumber);
      await second.logIn(form.username, PASSWORD);
      expect(await second.confirm(code)).toMatchObject({ error: 'wrong_code' });
      expect(await first.confirm(code)).not.toHaveProperty('error');
    });

    it('made to turn the second factor on does not turn it off', async () => {
      const { person, form } = await member();
      app().clock.advance(minutes(6));
      await person.setTwoFactor(true);
      const code = app().codeFor(form.phoneNumber);
      await person.confirm(code);
      await person.setTwoFactor(true);
      expect(await person.setTwoFactor(false)).toMatchObject({ error: 'step_up_required' });
      expect(await person.confirm(code)).toMatchObject({ error: 'wrong_code' });
      expect(await users().findOneByOrFail({ username: form.username })).toMatchObject({
        twoFactorAuth: true,
      });
    });

    it('works once', async () => {
      const { person, form } = await newcomer();
      const code = app().codeFor(form.phoneNumber);
      await person.confirm(code);
      expect(await person.confirm(code)).toMatchObject({ error: 'no_pending_confirmation' });
    });

    it('works for 10 minutes and not a moment longer', async () => {
      const [early, late] = [await newcomer(), await newcomer()];
      app().clock.advance(minutes(10) - 1);
      expect(await early.person.confirm(app().codeFor(early.form.phoneNumber))).not.toHaveProperty(
        'error',
      );
      app().clock.advance(1);
      expect(await late.person.confirm(app().codeFor(late.form.phoneNumber))).toHaveProperty(
        'error',
      );
      expect(await isVerified(late.form.username)).toBe(false);
    });

    it('has five tries, and the right code comes too late after them', async () => {
      const { person, form } = await newcomer();
      const code = app().codeFor(form.phoneNumber);
      for (const attemptsLeft of [4, 3, 2, 1, 0])
        expect(await person.confirm(wrong(code))).toMatchObject({
          error: 'wrong_code',
          attemptsLeft,
        });
      expect(await person.confirm(code)).toMatchObject({ error: 'too_many_attempts' });
      expect(await isVerified(form.username)).toBe(false);
    });

    it('proves the number it was sent to, not the one the account has by now', async () => {
      const { person, form } = await newcomer();
      await users().update({ username: form.username }, { phoneNumber: '+14155550199' });
      expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
        error: 'no_pending_confirmation',
      });
      expect(await users().findOneByOrFail({ username: form.username })).toMatchObject({
        phoneNumberVerified: false,
        verifiedPhoneNumber: null,
      });
    });

    it('brings nobody back who was deactivated', async () => {
      const { person, form } = await newcomer();
      await users().update({ username: form.username }, { isActive: false });
      await person.confirm(app().codeFor(form.phoneNumber));
      expect(await person.where()).toBe('stranger');
      expect(await isVerified(form.username)).toBe(false);
    });

    it('is not in the store: neither as it is nor in any other challenge', async () => {
      const { form } = await newcomer();
      const rows = JSON.stringify(
        await app().db.getRepository(Challenge).findBy({ phoneNumber: form.phoneNumber }),
      );
      expect(rows).toContain(form.phoneNumber);
      expect(rows).not.toContain(app().codeFor(form.phoneNumber));
    });
  },
);
