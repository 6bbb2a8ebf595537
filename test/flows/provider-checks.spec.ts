import { minutes } from '../../src/common/clock.js';
import { somebody } from '../support/people.js';
import { RIGHT_CODE, ScriptedProvider } from '../support/scripted-provider.js';
import { throughBothFaces } from '../support/ways.js';

const provider = new ScriptedProvider();
const NOT_CHECKED = { status: 503, error: 'provider_unavailable' };

throughBothFaces(
  'a code that cannot be checked',
  ({ face, app, visitor }) => {
    beforeEach(() => provider.recover());

    const newcomer = async () => {
      const person = visitor();
      const form = somebody();
      await person.register(form);
      return { person, form };
    };
    const wrongOnce = { status: 422, error: 'wrong_code', attemptsLeft: 4 };

    it('surely not compared: the try is given back, however often', async () => {
      const { person } = await newcomer();
      provider.onCheck = 'not_compared';
      for (let tries = 0; tries < 15; tries += 1)
        expect(await person.confirm(RIGHT_CODE)).toMatchObject(NOT_CHECKED);
      provider.recover();
      expect(await person.confirm('654321')).toMatchObject(wrongOnce);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('outcome unknown: the try is given back 10 times per challenge, then it is spent', async () => {
      const { person } = await newcomer();
      provider.onCheck = 'unknown';
      for (let tries = 0; tries < 15; tries += 1)
        expect(await person.confirm(RIGHT_CODE)).toMatchObject(NOT_CHECKED);
      expect(await person.confirm(RIGHT_CODE)).toMatchObject({
        status: 429,
        error: 'too_many_attempts',
      });
    });

    it('outcome unknown: 20 times per account and day', async () => {
      const { form } = await newcomer();
      const last = async (tries: number) => {
        app().clock.advance(minutes(1));
        const person = visitor();
        await person.logIn(form.username, form.password);
        provider.onCheck = 'unknown';
        for (let tried = 0; tried < tries; tried += 1) await person.confirm(RIGHT_CODE);
        provider.recover();
        return person.confirm('654321');
      };
      expect(await last(10)).toMatchObject(wrongOnce);
      expect(await last(10)).toMatchObject(wrongOnce);
      expect(await last(1)).toMatchObject({ error: 'wrong_code', attemptsLeft: 3 });
    });

    it('gone at the provider: nothing to confirm, and a new code can be asked for', async () => {
      const { person } = await newcomer();
      provider.onCheck = 'gone';
      expect(await person.confirm(RIGHT_CODE)).toMatchObject({
        status: face === 'api' ? 409 : 422,
        error: 'no_pending_confirmation',
      });
      provider.recover();
      app().clock.advance(minutes(1));
      expect(await person.resend()).not.toHaveProperty('error');
      expect(await person.confirm('654321')).toMatchObject(wrongOnce);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('what cannot be a code costs no try, and the provider is not asked', async () => {
      const { person } = await newcomer();
      const asked = provider.checked.length;
      expect(await person.confirm('12 34 5x')).toMatchObject({
        status: 422,
        error: 'validation_failed',
      });
      expect(provider.checked).toHaveLength(asked);
      expect(await person.confirm('654321')).toMatchObject(wrongOnce);
    });
  },
  { provider },
);

const byNumber = new ScriptedProvider('number');

throughBothFaces(
  'a provider whose codes belong to a number',
  ({ app, visitor }) => {
    it("while the owner's log-in is open, a stranger's registration sends and checks nothing, and looks as usual", async () => {
      const owner = visitor();
      const form = somebody();
      await owner.register(form);
      await owner.confirm(RIGHT_CODE);
      await owner.setTwoFactor(true);
      await owner.logOut();
      await owner.logIn(form.username, form.password);
      app().clock.advance(minutes(1));
      const [started, checked] = [byNumber.started.length, byNumber.checked.length];
      const stranger = visitor();
      expect(
        await stranger.register({ ...somebody(), phoneNumber: form.phoneNumber }),
      ).not.toHaveProperty('error');
      expect(await stranger.confirm(RIGHT_CODE)).toMatchObject({
        status: 422,
        error: 'wrong_code',
        attemptsLeft: 4,
      });
      expect([byNumber.started.length, byNumber.checked.length]).toEqual([started, checked]);
      expect(await owner.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('wrong codes count by number: new registrations do not refill them, and the owner has their own', async () => {
      const owner = visitor();
      const form = somebody();
      await owner.register(form);
      await owner.confirm(RIGHT_CODE);
      await owner.setTwoFactor(true);
      for (let strangers = 0; strangers < 2; strangers += 1) {
        app().clock.advance(minutes(1));
        const stranger = visitor();
        await stranger.register({ ...somebody(), phoneNumber: form.phoneNumber });
        for (let tries = 0; tries < 5; tries += 1) await stranger.confirm('654321');
      }
      const third = visitor();
      await third.register({ ...somebody(), phoneNumber: form.phoneNumber });
      expect(await third.confirm(RIGHT_CODE)).toMatchObject({
        status: 429,
        error: 'too_many_attempts',
      });
      await owner.logOut();
      await owner.logIn(form.username, form.password);
      expect(await owner.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });
  },
  { provider: byNumber },
);
