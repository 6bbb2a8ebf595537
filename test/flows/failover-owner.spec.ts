import { minutes } from '../../src/common/clock.js';
import { Lineup, type Name } from '../support/lineup.js';
import { booksOf } from '../support/message-books.js';
import { RIGHT_CODE } from '../support/scripted-provider.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { throughBothFaces } from '../support/ways.js';

const lineup = new Lineup();

// `keeper` keeps one code by number: a second start there would touch the owner's.
throughBothFaces(
  "a stranger's registration with the number of somebody who is logging in",
  ({ app, visitor, newcomer }) => {
    beforeEach(() => {
      lineup.recover();
      app().clock.advance(minutes(11));
    });
    const owner = async () => {
      const form = await makeTwoFactorAccount(app());
      const person = visitor();
      expect(await person.logIn(form.username, form.password)).not.toHaveProperty('error');
      return { person, phoneNumber: form.phoneNumber };
    };

    it.each<{ route: Name[] }>([{ route: ['keeper', 'self:first'] }, { route: ['keeper'] }])(
      "asks nobody where the holder of the owner's code is first ($route), and looks as usual",
      async ({ route }) => {
        lineup.route = () => route;
        const { person, phoneNumber } = await owner();
        const stranger = await newcomer({ phoneNumber });
        expect(lineup.names()).toEqual(['keeper']);
        const { challenge } = await booksOf(app(), phoneNumber);
        expect(challenge).toMatchObject({
          purpose: 'register',
          sentAt: app().clock.now(),
          sentCount: 1,
          notice: null,
        });
        expect(await stranger.person.confirm(RIGHT_CODE)).toMatchObject({
          error: 'wrong_code',
          attemptsLeft: 4,
        });
        expect(lineup.keeper.checked).toEqual([]);
        expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
      },
    );

    it('does not come to that holder by failover either', async () => {
      lineup.route = () => ['self:first', 'keeper', 'self:second'];
      lineup.answer({ outcome: 'unavailable' }, 'self:first');
      const { person, phoneNumber } = await owner();
      const stranger = await newcomer({ phoneNumber });
      expect(lineup.names()).toEqual(['self:first', 'keeper', 'self:first']);
      expect(await stranger.person.confirm(RIGHT_CODE)).toMatchObject({
        error: 'wrong_code',
        attemptsLeft: 4,
      });
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('is sent where the code is its own', async () => {
      lineup.route = () => ['keeper', 'self:first'];
      const { person, phoneNumber } = await owner();
      lineup.route = () => ['self:first', 'keeper'];
      const stranger = await newcomer({ phoneNumber });
      expect(lineup.names()).toEqual(['keeper', 'self:first']);
      expect(await stranger.person.confirm(RIGHT_CODE)).toMatchObject({ error: 'wrong_code' });
      expect(lineup.keeper.checked).toEqual([]);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('is sent where every challenge has a code of its own, though the same provider holds both', async () => {
      const { person, phoneNumber } = await owner();
      const stranger = await newcomer({ phoneNumber });
      const [owners, strangers] = lineup.asked;
      expect(lineup.names()).toEqual(['self:first', 'self:first']);
      expect(await person.confirm(owners!.code)).not.toHaveProperty('error');
      // Only now may the stranger know, who surely has the phone.
      expect(await stranger.person.confirm(strangers!.code)).toMatchObject({
        error: 'phone_number_taken',
      });
    });

    it("is sent by that provider too while the owner's code is held by another", async () => {
      lineup.route = () => ['keeper', 'self:first'];
      lineup.answer({ outcome: 'unavailable' }, 'keeper');
      const { person, phoneNumber } = await owner();
      const { code } = lineup.asked[1]!;
      lineup.recover();
      lineup.route = () => ['keeper', 'self:first'];
      await newcomer({ phoneNumber });
      expect(lineup.names()).toEqual(['keeper']);
      expect(await person.confirm(code)).not.toHaveProperty('error');
    });
  },
  lineup.options,
);
