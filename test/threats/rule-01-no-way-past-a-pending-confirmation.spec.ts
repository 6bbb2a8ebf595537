import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import { makeAccount, throughBothFaces } from '../support/ways.js';

const OTHER = 'quite another long phrase';

throughBothFaces(
  'rule 1: password, confirmation, forced password change, then everything else',
  ({ app, visitor, newcomer, member }) => {
    const stored = (username: string) => app().db.getRepository(User).findOneByOrFail({ username });

    it('lets nobody past the code of a registration, and changes nothing meanwhile', async () => {
      const { person, form } = await newcomer();
      const before = await stored(form.username);
      await person.setTwoFactor(true);
      await person.changePassword(PASSWORD, OTHER);
      expect(await person.where()).toBe('confirmation_required');
      expect(await stored(form.username)).toEqual(before);
    });

    it('does not let the unverified walk in by the log-in', async () => {
      const { form } = await newcomer();
      const elsewhere = visitor();
      await elsewhere.logIn(form.username, PASSWORD);
      expect(await elsewhere.where()).toBe('confirmation_required');
    });

    it('holds whoever has a second factor until the code', async () => {
      const { person, form } = await member({ twoFactor: true });
      await person.logOut();
      await person.logIn(form.username, PASSWORD);
      expect(await person.where()).toBe('confirmation_required');
      await person.setTwoFactor(false);
      await person.changePassword(PASSWORD, OTHER);
      expect(await stored(form.username)).toMatchObject({ twoFactorAuth: true });
      await person.confirm(app().codeFor(form.phoneNumber));
      expect(await person.where()).toBe('active');
    });

    it('asks for the code first and for the new password second', async () => {
      const { username, password, phoneNumber } = await makeAccount(app(), {
        phoneNumberVerified: false,
        changePw: true,
      });
      const person = visitor();
      await person.logIn(username, password);
      await person.changePassword(password, OTHER);
      expect(await stored(username)).toMatchObject({ changePw: true });
      expect(await person.where()).toBe('confirmation_required');
      await person.confirm(app().codeFor(phoneNumber));
      expect(await person.where()).toBe('password_change_required');
      await person.setTwoFactor(true);
      expect(await stored(username)).toMatchObject({ twoFactorAuth: false, changePw: true });
      await person.changePassword(password, OTHER);
      expect(await person.where()).toBe('active');
    });

    it('holds running sessions as well, from the moment the account asks for more', async () => {
      const { person, form } = await member();
      await person.logOut();
      await person.logIn(form.username, PASSWORD);
      expect(await person.where()).toBe('active');
      await app()
        .db.getRepository(User)
        .update({ username: form.username }, { twoFactorAuth: true });
      expect(await person.where()).toBe('confirmation_required');
    });
  },
);
