import { hours, minutes, seconds } from '../../src/common/clock.js';
import { makeAccount, throughApi } from '../support/ways.js';

const SETTINGS = {
  SESSION_IDLE: '20m',
  SESSION_ABSOLUTE: '2h',
  STAFF_SESSION_IDLE: '5m',
  STAFF_SESSION_ABSOLUTE: '8m',
};

throughApi(
  'when a token dies',
  ({ app, member, newcomer, visitor }) => {
    const at = (milliseconds: number) =>
      new Date(app().clock.now().getTime() + milliseconds).toISOString();
    const now = () => app().clock.now().toISOString();

    it('`expires_at` moves with use, up to `absolute_expires_at`, and says the truth to the millisecond', async () => {
      const { person } = await member();
      const end = at(hours(2));
      const look = async () => (await person.call('GET', '/session')).body;
      expect(await look()).toMatchObject({ expires_at: at(minutes(20)), absolute_expires_at: end });
      for (let turns = 0; turns < 6; turns += 1) {
        app().clock.advance(minutes(19));
        const { expires_at: expires, absolute_expires_at: absolute } = await look();
        expect([expires, absolute]).toEqual([at(minutes(20)) < end ? at(minutes(20)) : end, end]);
      }
      const { expires_at: expires } = await look();
      expect(expires).toBe(end);
      app().clock.advance(Date.parse(String(expires)) - app().clock.now().getTime() - 1);
      expect(await person.where()).toBe('active');
      app().clock.advance(1);
      expect([now(), await person.where()]).toEqual([end, 'stranger']);
    });

    it('is what nothing more happening leads to: a check within the last minute moves nothing', async () => {
      const { person } = await member();
      app().clock.advance(seconds(40));
      const { expires_at: expires } = (await person.call('GET', '/session')).body;
      expect(expires).toBe(at(minutes(20) - seconds(40)));
      app().clock.advance(minutes(20) - seconds(40) - 1);
      const waited = person.twin();
      app().clock.advance(1);
      expect(await waited.where()).toBe('stranger');
    });

    it('of staff is theirs', async () => {
      const { username, password } = await makeAccount(app(), { isStaff: true });
      const staff = visitor();
      await staff.logIn(username, password);
      expect(staff.last!.body).toMatchObject({
        expires_at: at(minutes(5)),
        absolute_expires_at: at(minutes(8)),
      });
    });

    it('of a pending session moves with each code, up to 30 minutes, and never past its registration', async () => {
      const { person } = await newcomer();
      const look = async () => (await person.call('GET', '/session')).body;
      const end = at(minutes(30));
      expect(await look()).toMatchObject({ expires_at: at(minutes(10)), absolute_expires_at: end });
      app().clock.advance(minutes(9));
      expect(await look()).toMatchObject({ expires_at: at(minutes(1)), absolute_expires_at: end });
      await person.resend();
      expect(await look()).toMatchObject({ expires_at: at(minutes(10)), absolute_expires_at: end });
    });

    it('of a log-in to an unfinished registration is not after the registration ends', async () => {
      const { form } = await newcomer();
      app().clock.advance(minutes(10));
      const other = visitor();
      await other.logIn(form.username, form.password);
      const { expires_at: expires } = (await other.call('GET', '/session')).body;
      app().clock.advance(Date.parse(String(expires)) - app().clock.now().getTime() - 1);
      expect(await other.where()).toBe('confirmation_required');
      app().clock.advance(1);
      expect(await other.where()).toBe('stranger');
    });
  },
  { environment: SETTINGS },
);
