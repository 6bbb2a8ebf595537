import { minutes, seconds } from '../../src/common/clock.js';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { Lineup, LINEUP } from '../support/lineup.js';
import { booksOf } from '../support/message-books.js';
import { somebody } from '../support/people.js';
import { RIGHT_CODE } from '../support/scripted-provider.js';
import { throughBothFaces, wrong } from '../support/ways.js';

const lineup = new Lineup();
const UNAVAILABLE: SendResult = { outcome: 'unavailable' };
const UNKNOWN: SendResult = { outcome: 'unknown' };
const NOT_SENT = { status: 503, error: 'provider_unavailable' };
const wait = (retryAfter: number) => ({ status: 429, error: 'too_many_requests', retryAfter });

throughBothFaces(
  'whom a message goes out by',
  ({ app, visitor, newcomer }) => {
    beforeEach(() => {
      lineup.recover();
      app().clock.advance(minutes(11));
    });
    const books = (phoneNumber: string) => booksOf(app(), phoneNumber);

    it('the first, when it takes it: nobody else is asked', async () => {
      const { person, form } = await newcomer();
      expect(lineup.names()).toEqual(['self:first']);
      const { challenge, messages } = await books(form.phoneNumber);
      expect(challenge).toMatchObject({
        provider: 'self',
        sentCount: 1,
        notice: null,
        sentAt: app().clock.now(),
      });
      expect(messages).toMatchObject([{ provider: 'self:first', status: 'sent', reason: null }]);
      expect(await person.confirm(lineup.asked[0]!.code)).not.toHaveProperty('error');
    });

    it.each<SendResult>([UNAVAILABLE, { outcome: 'throttled', retryAfter: 17 }])(
      'the next, when the first is $outcome: one message, counted once',
      async (answer) => {
        lineup.answer(answer, 'self:first');
        const { person, form } = await newcomer();
        expect(lineup.names()).toEqual(['self:first', 'self:second']);
        const { challenge, messages } = await books(form.phoneNumber);
        expect(challenge).toMatchObject({
          provider: 'self',
          sentCount: 1,
          notice: null,
          sentAt: app().clock.now(),
        });
        expect(messages).toMatchObject([{ provider: 'self:second', status: 'sent', reason: null }]);
        expect(await person.resend()).toMatchObject(wait(30));
        expect(await person.confirm(lineup.asked[1]!.code)).not.toHaveProperty('error');
      },
    );

    it('one who keeps the code itself, when it comes to that: its code counts, and ours does not', async () => {
      lineup.answer(UNAVAILABLE, 'self:first', 'self:second');
      const { person, form } = await newcomer();
      expect(lineup.names()).toEqual(LINEUP);
      const { challenge, messages } = await books(form.phoneNumber);
      expect(challenge.provider).toBe('keeper');
      expect(messages).toMatchObject([{ provider: 'keeper', status: 'sent' }]);
      expect(await person.confirm(lineup.asked[0]!.code)).toMatchObject({ error: 'wrong_code' });
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('nobody else, when the first refuses the number', async () => {
      lineup.answer({ outcome: 'refused', reason: 'landline' }, 'self:first');
      const form = somebody();
      expect(await visitor().register(form)).toMatchObject({
        status: 422,
        error: 'validation_failed',
      });
      expect(lineup.names()).toEqual(['self:first']);
      const [message] = await app()
        .db.getRepository(SentMessage)
        .find({ order: { id: 'DESC' }, take: 1 });
      expect(message).toMatchObject({
        provider: 'self:first',
        status: 'failed',
        reason: 'landline',
      });
      lineup.recover();
      expect(await visitor().register(form)).not.toHaveProperty('error');
      expect(lineup.asked).toMatchObject([{ to: form.phoneNumber, outcome: 'sent' }]);
    });

    it('nobody else, when the second refuses the number in place of the first', async () => {
      lineup.answer(UNAVAILABLE, 'self:first');
      lineup.answer({ outcome: 'refused', reason: 'unreachable' }, 'self:second');
      expect(await visitor().register(somebody())).toMatchObject({
        status: 422,
        error: 'validation_failed',
      });
      expect(lineup.names()).toEqual(['self:first', 'self:second']);
    });

    it('nobody else, when the first may have sent it: no word of a message, but the wait holds and the code counts', async () => {
      lineup.answer(UNKNOWN, 'self:first');
      const { person, form } = await newcomer();
      expect(lineup.names()).toEqual(['self:first']);
      const { challenge, messages } = await books(form.phoneNumber);
      expect(challenge).toMatchObject({ sentAt: null, notice: 'provider_unavailable' });
      expect(messages).toMatchObject([{ provider: 'self:first', status: 'unknown' }]);
      expect(await person.resend()).toMatchObject(wait(30));
      app().clock.advance(seconds(30));
      lineup.recover();
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['self:first']);
      expect(await person.confirm(lineup.asked[0]!.code)).not.toHaveProperty('error');
    });

    it('one who keeps the code itself may have sent it, and nobody else did: that code counts if it arrives', async () => {
      lineup.answer(UNAVAILABLE, 'self:first', 'self:second');
      lineup.answer(UNKNOWN, 'keeper');
      const { person, form } = await newcomer();
      const { challenge, messages } = await books(form.phoneNumber);
      expect(challenge).toMatchObject({
        provider: 'keeper',
        sentAt: null,
        notice: 'provider_unavailable',
      });
      expect(messages).toMatchObject([{ provider: 'keeper', status: 'unknown' }]);
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('nobody, when all are unavailable: each was asked once, nothing counts, and asking again helps at once', async () => {
      lineup.answer(UNAVAILABLE, 'self:first', 'self:second', 'keeper');
      const { person, form } = await newcomer();
      expect(lineup.names()).toEqual(LINEUP);
      const { challenge, messages } = await books(form.phoneNumber);
      expect(challenge).toMatchObject({
        provider: 'self',
        sentCount: 0,
        sentAt: null,
        notice: 'provider_unavailable',
      });
      expect(messages).toMatchObject([
        { provider: 'keeper', status: 'failed', reason: 'unavailable' },
      ]);
      expect(await person.resend()).toMatchObject(NOT_SENT);
      lineup.recover();
      expect(await person.resend()).not.toHaveProperty('error');
      expect(lineup.names()).toEqual(['self:first']);
      expect(await person.confirm(lineup.asked[0]!.code)).not.toHaveProperty('error');
    });

    it.each<[SendResult, object]>([
      [UNAVAILABLE, NOT_SENT],
      [UNKNOWN, NOT_SENT],
    ])(
      'a failed resend (%j) leaves the code that was sent, and who holds it',
      async (answer, refusal) => {
        const { person, form } = await newcomer();
        const { code } = lineup.asked[0]!;
        const sentAt = app().clock.now();
        app().clock.advance(seconds(30));
        lineup.answer(UNAVAILABLE, 'self:first', 'self:second');
        lineup.answer(answer, 'keeper');
        expect(await person.resend()).toMatchObject(refusal);
        expect((await books(form.phoneNumber)).challenge).toMatchObject({
          provider: 'self',
          sentAt,
        });
        expect(await person.confirm(wrong(code))).toMatchObject({ error: 'wrong_code' });
        expect(await person.confirm(code)).not.toHaveProperty('error');
        const [sent, unsent] = (await books(form.phoneNumber)).messages;
        expect([sent?.confirmedAt, unsent?.confirmedAt]).toEqual([app().clock.now(), null]);
      },
    );
  },
  lineup.options,
);
