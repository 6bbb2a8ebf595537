import { AUTH_TOKEN, makeTwilioFixture, type TwilioFixture } from './twilio-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const unavailable = { outcome: 'unavailable' };
const unknown = { outcome: 'unknown' };
const throttled = { outcome: 'throttled' };
const refused = (reason: string) => ({ outcome: 'refused', reason });

const MEANINGS: readonly (readonly [object, readonly number[]])[] = [
  [refused('invalid_number'), [13223, 13224, 21201, 21211, 21217, 21265, 21266]],
  [refused('landline'), [21614, 21635, 30006]],
  [refused('unsupported_country'), [13227, 21215, 21408, 32205]],
  [refused('unreachable'), [21214, 21612, 30003, 30005]],
  [refused('opted_out'), [21610]],
  [refused('blocked'), [21202, 21216, 21268, 30004, 30007, 30450]],
  [throttled, [10004, 14107, 20429, 21611, 30001, 30022, 63038]],
];

/** What only the operator can mend, and the word that tells them where. */
const ALARMS: readonly (readonly [string, readonly number[]])[] = [
  ['TWILIO_AUTH_TOKEN', [20003, 20008, 20404]],
  ['not active', [10001, 20005, 30002]],
  [
    'TWILIO_FROM',
    [21210, 21212, 21213, 21603, 21606, 21659, 21660, 21661, 21703, 21704, 21705, 30034],
  ],
  ['trial', [21219, 21267, 21608]],
  ['PUBLIC_URL', [21609]],
];

const byCode = <T>(table: readonly (readonly [T, readonly number[]])[]) =>
  table.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const));

const SID = 'SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

describe('What Twilio answers', () => {
  let fixture: TwilioFixture;
  beforeEach(async () => {
    fixture = await makeTwilioFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (channel: 'sms' | 'call' = 'sms') =>
    fixture.sender.send(messageTo('+14155550100', { channel }));
  const answerWith = (status: number, body: object | string, headers = {}) =>
    fixture.fake.fail({ answer: { status, body, headers } });

  it.each(byCode(MEANINGS))(
    'code %d means %j, whatever the status, for texts and calls',
    async (code, meaning) => {
      for (const status of [400, 401, 404, 500]) {
        answerWith(status, { code, message: 'Error', status });
        expect([await send(), await send('call')]).toEqual([meaning, meaning]);
      }
      expect(fixture.sentences()).toEqual([]);
    },
  );

  it.each(byCode(ALARMS))(
    'code %d is told to the operator (%s), without a secret',
    async (code, word) => {
      answerWith(400, { code, message: `${AUTH_TOKEN} +14155550100`, status: 400 });
      expect(await send()).toEqual(unavailable);
      expect(fixture.sentences()).toHaveLength(1);
      expect(fixture.sentences()[0]).toContain(word);
      for (const secret of [AUTH_TOKEN, '012345', '4155550100'])
        expect(fixture.sentences()[0]).not.toContain(secret);
    },
  );

  it.each([
    [200, { sid: SID }],
    [201, {}],
    [201, { sid: null }],
    [201, { sid: true }],
    [201, { sid: 'SM1' }],
    [201, { sid: `${SID}0` }],
    [201, { sid: SID, error_code: 39_999 }],
    [201, { sid: SID, code: 39_999 }],
    [201, [{ sid: SID }]],
    [201, `{"sid":"${SID}"`],
    [201, SID],
    [202, { sid: SID }],
    [204, ''],
    [502, { sid: SID }],
    [504, ''],
  ])('is not sure that nothing was sent, nor that it was: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unknown);
  });

  it('takes the id of a text for no call, nor that of a call for a text', async () => {
    answerWith(201, { sid: SID });
    expect(await send('call')).toEqual(unknown);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    answerWith(201, { sid: SID.replace('SM', 'CA') });
    expect(await send('call')).toMatchObject({ outcome: 'sent' });
    expect(await send()).toEqual(unknown);
  });

  it.each([
    [302, { sid: SID }],
    [400, { sid: SID }],
    [400, { code: '21610' }],
    [404, '<h1>Not Found</h1>'],
    [500, ''],
    [503, { code: 39_999 }],
  ])('is sure that nothing was sent, and blames no number: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences()).toEqual([]);
  });

  it('knows a text that failed at once', async () => {
    answerWith(201, { sid: SID, status: 'failed', error_code: 21610 });
    expect(await send()).toEqual(refused('opted_out'));
  });

  it.each([401, 403])('takes %d without a known code for bad credentials', async (status) => {
    answerWith(status, '');
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences().join()).toContain('check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN');
  });

  it('waits as long as Twilio says, by code or by status', async () => {
    answerWith(429, '', { 'Retry-After': '7' });
    expect(await send()).toEqual({ outcome: 'throttled', retryAfter: 7 });
    answerWith(400, { code: 20429 }, { 'Retry-After': '9' });
    expect(await send()).toEqual({ outcome: 'throttled', retryAfter: 9 });
  });

  it.each([
    ['1', 1],
    ['3', 3],
    ['0', undefined],
    [2, undefined],
    ['x', undefined],
    [null, undefined],
    ['999', undefined],
  ])('num_segments %j: %j', async (count, segments) => {
    answerWith(201, { sid: SID, num_segments: count });
    expect(await send()).toEqual({ outcome: 'sent', reference: SID, segments });
  });
});
