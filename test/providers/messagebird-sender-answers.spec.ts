import type { Channel } from '../../src/phone-verification/challenge.entity.js';
import {
  ACCESS_KEY,
  makeMessageBirdFixture,
  type MessageBirdFixture,
} from './messagebird-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const unavailable = { outcome: 'unavailable' };
const unknown = { outcome: 'unknown' };
const invalid = { outcome: 'refused', reason: 'invalid_number' };
const none = 'no (correct) recipients found';

describe('What MessageBird answers', () => {
  let fixture: MessageBirdFixture;
  beforeEach(async () => {
    fixture = await makeMessageBirdFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (channel: Channel = 'sms') =>
    fixture.sender.send(messageTo('+14155550100', { channel }));
  const answerWith = (status: number, body: object | string) =>
    fixture.fake.fail({ answer: { status, body } });
  const error = (code: unknown, parameter: unknown = null, description: unknown = 'x') => ({
    code,
    description,
    parameter,
  });
  const alarms = () => fixture.sentences().length;

  it.each([
    [error(2, 'access_key'), unavailable, 1],
    [error(9, 'recipient', none), invalid, 0],
    [error(9, 'recipients', none), invalid, 0],
    [
      error(
        9,
        'recipient',
        `${none}. Note: during your test period you can only send messages to yourself.`,
      ),
      unavailable,
      1,
    ],
    [error(9, 'originator', none), unavailable, 1],
    [error(9, 'body'), unavailable, 1],
    [error(9), unavailable, 1],
    [error(10, 'recipient'), invalid, 0],
    [error(10, 'recipients'), invalid, 0],
    [error(10, 'recipientsx'), unavailable, 1],
    [error(10, 'originator'), unavailable, 1],
    [error(20), unavailable, 1],
    [error(21), unavailable, 0],
    [error(25), unavailable, 1],
    [error(98), unavailable, 1],
    [error(99), unavailable, 0],
    [error(101), unavailable, 0],
    [error('9', 'recipient', none), unavailable, 0],
    [error(10, ['recipient']), unavailable, 1],
  ])('error %j: %j', async (fault, result, told) => {
    for (const status of [400, 404, 422]) {
      answerWith(status, { errors: [fault] });
      expect(await send()).toEqual(result);
      expect(await send('call')).toEqual(result);
    }
    expect(alarms()).toBe(told * 6);
    for (const secret of [ACCESS_KEY, '012345', '4155550100'])
      expect(fixture.sentences().join()).not.toContain(secret);
  });

  it('blames no number while something else is wrong too', async () => {
    answerWith(422, { errors: [error(9, 'recipient', none), error(2, 'access_key')] });
    expect(await send()).toEqual(unavailable);
    answerWith(422, { errors: [error(10, 'recipient'), error(21)] });
    expect(await send()).toEqual(unavailable);
    answerWith(422, { errors: [error(10, 'recipient'), error(101)] });
    expect(await send()).toEqual(unavailable);
    expect(alarms()).toBe(1);
    answerWith(422, { errors: [error(10, 'recipient'), error(9, 'recipient', none)] });
    expect(await send()).toEqual(invalid);
  });

  it.each([401, 403])('takes %d for a bad key, whatever it says of the number', async (status) => {
    answerWith(status, { errors: [error(9, 'recipient', none)] });
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences().join()).toContain('check MESSAGEBIRD_ACCESS_KEY');
  });

  it('reads a limit with its wait', async () => {
    fixture.fake.fail({
      answer: { status: 429, headers: { 'Retry-After': '7' }, body: { errors: [error(101)] } },
    });
    expect(await send()).toEqual({ outcome: 'throttled', retryAfter: 7 });
  });

  const made = (status: unknown, rest: object = {}) => ({
    id: 'e8077d80',
    recipients: { items: [{ status }] },
    ...rest,
  });

  it.each(['scheduled', 'sent', 'buffered', 'delivered', 'calling', 'answered'])(
    'a message made is sent: %s',
    async (status) => {
      answerWith(201, made(status));
      expect(await send()).toEqual({ outcome: 'sent', reference: 'e8077d80', segments: undefined });
    },
  );

  it.each([0, -1, 1.5, '2', null])('counts no segments by %j', async (messagePartCount) => {
    answerWith(201, {
      id: 'e8077d80',
      recipients: { items: [{ status: 'sent', messagePartCount }] },
    });
    expect(await send()).toEqual({ outcome: 'sent', reference: 'e8077d80', segments: undefined });
  });

  it.each([
    [201, {}],
    [201, { success: true }],
    [201, made('delivery_failed')],
    [201, made('failed')],
    [201, made('expired')],
    [201, made('something-new')],
    [201, made(true)],
    [201, made('sent', { id: undefined })],
    [201, made('sent', { id: '' })],
    [201, made('sent', { id: 7 })],
    [201, made('sent', { id: 'x'.repeat(65) })],
    [201, made('sent', { recipients: { totalSentCount: 1 } })],
    [201, made('sent', { recipients: { items: [] } })],
    [201, made('sent', { recipients: { items: [{ status: 'sent' }, { status: 'sent' }] } })],
    [201, [made('sent')]],
    [201, { errors: [error(9, 'recipient', none)] }],
    [200, made('sent')],
    [200, { errors: [error(9, 'recipient', none)] }],
    [202, made('sent')],
    [204, ''],
    [502, { errors: [error(99)] }],
    [504, ''],
  ])('is not sure that nothing was sent, nor that it was: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unknown);
  });

  it.each([
    [302, made('sent')],
    [404, '<h1>Not Found</h1>'],
    [405, { errors: null }],
    [422, { errors: [] }],
    [422, { errors: [null] }],
    [500, { errors: [error(9, 'recipient', none)] }],
    [500, made('sent')],
    [503, ''],
  ])('is sure that nothing was sent, and blames no number: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unavailable);
    expect(alarms()).toBe(0);
  });
});
