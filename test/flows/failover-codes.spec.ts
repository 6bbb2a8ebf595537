import { minutes, seconds } from '../../src/common/clock.js';
import { SentMessagesRepository } from '../../src/messaging/sent-messages.repository.js';
import { Lineup, type Name } from '../support/lineup.js';
import { booksOf } from '../support/message-books.js';
import { RIGHT_CODE } from '../support/scripted-provider.js';
import { throughBothFaces } from '../support/ways.js';

const lineup = new Lineup();

throughBothFaces(
  'who holds a code',
  ({ face, app, newcomer }) => {
    beforeEach(() => {
      lineup.recover();
      app().clock.advance(minutes(11));
    });
    const down = (...names: readonly Name[]) => lineup.answer({ outcome: 'unavailable' }, ...names);
    const holder = async (phoneNumber: string) =>
      (await booksOf(app(), phoneNumber)).challenge.provider;
    const carriers = async (phoneNumber: string) => {
      const { messages } = await booksOf(app(), phoneNumber);
      return messages.map(({ provider, status }) => `${provider} ${status}`);
    };

    it('a code made here goes out by the next sender as it is, and the first text may come late', async () => {
      const { person, form } = await newcomer();
      app().clock.advance(seconds(30));
      down('self:first');
      expect(await person.resend()).not.toHaveProperty('error');
      const [first, ...more] = lineup.asked;
      expect(more).toMatchObject([
        { by: 'self:first', code: first!.code },
        { by: 'self:second', code: first!.code },
      ]);
      expect(await carriers(form.phoneNumber)).toEqual(['self:first sent', 'self:second sent']);
      expect(await person.confirm(first!.code)).not.toHaveProperty('error');
    });

    it('a receipt that is faster than the answer of whoever took over is believed, one of who failed before is not', async () => {
      const messages = app().db.manager.withRepository(
        app().app.get(SentMessagesRepository, { strict: false }),
      );
      const early: unknown[] = [];
      lineup.meanwhile = async (by, reference) => {
        if (by !== 'self:second') return;
        early.push(
          await messages.noteReceipt(
            'self:first',
            { reference, status: 'failed' },
            app().clock.now(),
          ),
        );
        early.push(
          await messages.noteReceipt(
            'self:second',
            { reference, status: 'delivered' },
            app().clock.now(),
          ),
        );
      };
      down('self:first');
      const { form } = await newcomer();
      const {
        messages: [message],
      } = await booksOf(app(), form.phoneNumber);
      expect(early).toEqual([null, expect.objectContaining({ status: 'delivered' })]);
      expect(message).toMatchObject({ provider: 'self:second', status: 'delivered', reason: null });
    });

    it('whoever holds it is asked first for the same once more, though others stand before it', async () => {
      down('self:first', 'self:second');
      const { person, form } = await newcomer();
      lineup.recover();
      app().clock.advance(seconds(30));
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['keeper']);
      expect(await carriers(form.phoneNumber)).toEqual(['keeper sent', 'keeper sent']);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('a code that nobody holds yet goes the way of the route', async () => {
      down('self:first', 'self:second', 'keeper');
      const { person } = await newcomer();
      lineup.recover();
      lineup.route = () => ['keeper', 'self:first'];
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['keeper']);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('when its holder cannot send any more another one takes over: its code counts, with the tries that are left', async () => {
      lineup.route = () => ['keeper', 'self:second'];
      const { person, form } = await newcomer();
      await person.confirm('000000');
      app().clock.advance(seconds(30));
      down('keeper');
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['keeper', 'keeper', 'self:second']);
      expect(await holder(form.phoneNumber)).toBe('self');
      const checked = lineup.keeper.checked.length;
      expect(await person.confirm(RIGHT_CODE)).toMatchObject({
        error: 'wrong_code',
        attemptsLeft: 3,
      });
      expect(lineup.keeper.checked).toHaveLength(checked);
      expect(await person.confirm(lineup.asked[2]!.code)).not.toHaveProperty('error');
    });

    it('off the route its holder finishes what it began; new ones go the new way', async () => {
      lineup.route = () => ['keeper'];
      const [one, other] = [await newcomer(), await newcomer()];
      lineup.recover();
      lineup.route = () => ['self:second', 'self:first'];
      expect(await one.person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
      app().clock.advance(seconds(30));
      expect(await other.person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['keeper']);
      expect(await other.person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
      const third = await newcomer();
      expect(lineup.names()).toEqual(['keeper', 'self:second']);
      expect(await holder(third.form.phoneNumber)).toBe('self');
    });

    it('a code made here stays with the senders of the route', async () => {
      lineup.route = () => ['self:second', 'keeper'];
      const { person } = await newcomer();
      app().clock.advance(seconds(30));
      down('self:second');
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['self:second', 'self:second', 'keeper']);
    });

    it('a number is served by the route of its country', async () => {
      lineup.route = (country) => (country === 'GB' ? ['keeper', 'self:first'] : ['self:second']);
      const { person } = await newcomer({
        phoneNumber: face === 'api' ? '+447400123456' : '+447400123457',
      });
      await newcomer();
      expect(lineup.asked.map(({ by, to }) => [by, to.slice(0, 3)])).toEqual([
        ['keeper', '+44'],
        ['self:second', '+14'],
      ]);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('a call goes by those who can make one; the others are not asked', async () => {
      lineup.route = () => ['self:second', 'keeper', 'self:first'];
      const { person, form } = await newcomer();
      app().clock.advance(seconds(30));
      expect(await person.resend('call')).not.toHaveProperty('error');
      expect(lineup.asked).toMatchObject([
        { by: 'self:second', channel: 'sms' },
        { by: 'self:first', channel: 'call' },
      ]);
      app().clock.advance(seconds(40));
      down('self:first');
      expect(await person.resend('call')).not.toHaveProperty('error');
      expect(lineup.names(2)).toEqual(['self:first', 'keeper']);
      expect(await holder(form.phoneNumber)).toBe('keeper');
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('a call that nobody can make is refused, costs nothing, and the text goes on working', async () => {
      lineup.route = () => ['self:second'];
      const { person } = await newcomer();
      app().clock.advance(seconds(30));
      const refused = await person.resend('call');
      expect(refused).toMatchObject({ status: 422, error: 'validation_failed' });
      expect(Object.values(refused.fields ?? {})).toEqual([
        'We cannot reach this number that way. Ask for a text.',
      ]);
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['self:second', 'self:second']);
      expect(await person.confirm(lineup.asked[0]!.code)).not.toHaveProperty('error');
    });
  },
  lineup.options,
);
