import { User } from '../../src/users/user.entity.js';
import { somebody } from '../support/people.js';
import { throughBothFaces } from '../support/ways.js';

throughBothFaces('names of every script', ({ app, visitor, newcomer }) => {
  it.each([
    ['Persian', 'علی\u200cرضا', 'علیرضا'],
    ['Malayalam', 'അവന്\u200d', 'അവൻ'],
    ['Tibetan', 'བསྟན\u0f0bའཛིན', 'བསྟན\u0f0cའཛིན\u0f0b'],
    ['Latin, pasted', '\u200ezo\u00adë\u200b\u00a0', 'Zo\u2060E\u0308'],
  ])(
    '%s: is stored as meant, logs in in every spelling, and is taken for its look-alikes',
    async (_language, name, other) => {
      await app().db.query('DELETE FROM users');
      const { person, form } = await newcomer({ username: name, fullName: name });
      const [stored] = await app().db.getRepository(User).find();
      const shown = name.replace(/[\u200b\u200e\u00ad]/g, '').trim();
      expect([stored?.username, stored?.fullName]).toEqual([shown, shown]);
      await person.confirm(app().codeFor(form.phoneNumber));
      for (const spelling of [name, other]) {
        expect(await visitor().logIn(spelling, form.password)).not.toHaveProperty('error');
        const again = { ...somebody(), username: spelling };
        expect(await visitor().register(again)).toMatchObject({ error: 'username_taken' });
      }
    },
  );
});
