import fc from 'fast-check';
import { TWILIO_ERRORS, type TwilioErrorCode } from '../support/fake-twilio-verify.errors.js';
import type { FakeTwilioVerify } from '../support/fake-twilio-verify.js';
import { challengeFor } from './provider-contract.js';
import {
  makeTwilioVerifyFixture,
  TOKEN,
  type TwilioVerifyFixture,
} from './twilio-verify.fixture.js';

/**
 * What each code means at a start, what at a check, and whether the operator hears of it then and
 * there.
 */
const MEANINGS: Readonly<
  Record<TwilioErrorCode, readonly [object, string, ('start' | 'check')[]?]>
> = {
  '20003': [{ outcome: 'unavailable' }, 'not_compared', ['start', 'check']],
  '20005': [{ outcome: 'unavailable' }, 'unknown', ['start', 'check']],
  '20008': [{ outcome: 'unavailable' }, 'unknown', ['start', 'check']],
  '20404': [{ outcome: 'unavailable' }, 'gone', ['start']],
  '20429': [{ outcome: 'throttled' }, 'not_compared'],
  '21608': [{ outcome: 'unavailable' }, 'unknown', ['start', 'check']],
  '60200': [{ outcome: 'refused', reason: 'invalid_number' }, 'unknown'],
  '60202': [{ outcome: 'throttled', retryAfter: 600 }, 'gone'],
  '60203': [{ outcome: 'throttled', retryAfter: 600 }, 'not_compared'],
  '60205': [{ outcome: 'refused', reason: 'landline' }, 'unknown'],
  '60212': [{ outcome: 'throttled' }, 'not_compared'],
  '60220': [{ outcome: 'refused', reason: 'unsupported_country' }, 'unknown'],
  '60221': [{ outcome: 'unavailable' }, 'unknown'],
  '60223': [{ outcome: 'unavailable' }, 'unknown', ['start', 'check']],
  '60238': [{ outcome: 'refused', reason: 'blocked' }, 'unknown'],
  '60410': [{ outcome: 'refused', reason: 'blocked' }, 'unknown'],
  '60605': [{ outcome: 'refused', reason: 'unsupported_country' }, 'unknown'],
};

const CODES = Object.keys(TWILIO_ERRORS) as TwilioErrorCode[];
const NUMBER = '+14155550100';
const SID = `VE${'a'.repeat(32)}`;
const APPROVED = { sid: SID, to: NUMBER, status: 'approved', valid: true };
const PENDING = { sid: SID, to: NUMBER, status: 'pending', valid: false };

describe('What Twilio Verify answers', () => {
  let fixture: TwilioVerifyFixture;
  let fake: FakeTwilioVerify;

  beforeEach(async () => {
    fixture = await makeTwilioVerifyFixture();
    fake = fixture.fake;
  });
  afterEach(() => fixture.close());

  const start = () => fixture.provider.start(challengeFor(NUMBER));
  const check = async (providerReference: string | null = SID) =>
    (await fixture.provider.check(challengeFor(NUMBER, { providerReference }), '123456')).outcome;
  const answerWith = (status: number, body: object | string, headers = {}) =>
    fake.fail('all', { answer: { status, body, headers } });

  describe.each(CODES)('error code %s', (code) => {
    const [startResult, checkOutcome, heard = []] = MEANINGS[code];

    it(`means ${JSON.stringify(startResult)} at a start, ${checkOutcome} at a check`, async () => {
      fake.fail('all', { errorCode: code });
      expect(await start()).toEqual(startResult);
      expect(fixture.sentences()).toHaveLength(heard.includes('start') ? 1 : 0);
      expect([await check(), await check(null)]).toEqual([checkOutcome, checkOutcome]);
      expect(fixture.sentences()).toHaveLength(heard.length + (heard.includes('check') ? 1 : 0));
      for (const secret of [TOKEN, '123456', '4155550100'])
        expect(fixture.sentences().join()).not.toContain(secret);
    });

    // 60221, a request without a target, is none that we make: it stands for the codes we do not
    // know.
    if (code === '60221') return;
    it('means the same whatever the status of the refusal', async () => {
      for (const status of [400, 401, 403, 404, 429, 500, 502, 503]) {
        answerWith(status, { code: Number(code), message: null, status });
        expect([status, await start(), await check()]).toEqual([status, startResult, checkOutcome]);
      }
    });
  });

  it.each([
    [302, '', 'unavailable', 'unknown'],
    [400, { code: 69999, message: 'new' }, 'unavailable', 'unknown'],
    [400, { code: '60202' }, 'unavailable', 'unknown'],
    [400, { code: 60202.5 }, 'unavailable', 'unknown'],
    [401, '', 'unavailable', 'not_compared'],
    [404, '<h1>Not Found</h1>', 'unavailable', 'unknown'],
    [404, APPROVED, 'unavailable', 'unknown'],
    [429, '', 'throttled', 'not_compared'],
    [500, APPROVED, 'unavailable', 'unknown'],
    [502, '<h1>Bad Gateway</h1>', 'unknown', 'unknown'],
    [502, { code: 69999, message: 'new' }, 'unavailable', 'unknown'],
    [503, '', 'unavailable', 'unknown'],
    [504, '', 'unknown', 'unknown'],
  ] as const)(
    '%d %j without a known code: a start is %s, a check %s',
    async (status, body, startOutcome, checkOutcome) => {
      answerWith(status, body);
      expect([(await start()).outcome, await check()]).toEqual([startOutcome, checkOutcome]);
    },
  );

  it.each(['Invalid parameter: Channel', 'Invalid parameter `Locale`: xx'])(
    'blames no number for another field of ours: %s',
    async (message) => {
      answerWith(400, { code: 60200, message, status: 400 });
      expect(await start()).toEqual({ outcome: 'unavailable' });
      expect(fixture.sentences().join()).toMatch(/does not take the (Channel|Locale) we ask for/);
    },
  );

  it.each([
    'Invalid parameter `To`: Channel',
    'Invalid parameter: To',
    'Invalid parameter',
    'Channel',
    7,
  ])('blames the number else: %j', async (message) => {
    answerWith(400, { code: 60200, message, status: 400 });
    expect(await start()).toEqual({ outcome: 'refused', reason: 'invalid_number' });
  });

  it.each([
    ['60203', '90', 90],
    ['60202', '90', 90],
    ['60212', '5', 5],
    ['20429', '3600', 3600],
    ['60203', '0', 600],
    ['60203', 'soon', 600],
    ['20429', '3601', undefined],
    ['20429', '-1', undefined],
  ] as const)('%s with Retry-After %s waits %s seconds', async (errorCode, retryAfter, seconds) => {
    fake.fail('start', { errorCode, retryAfter });
    expect(await start()).toEqual({ outcome: 'throttled', retryAfter: seconds });
  });

  it.each([
    [200, APPROVED, 'right'],
    [200, PENDING, 'wrong'],
    [200, { ...PENDING, valid: null }, 'wrong'],
    [200, { ...PENDING, status: 'max_attempts_reached' }, 'gone'],
    [200, { ...PENDING, status: 'canceled' }, 'gone'],
    [200, { ...PENDING, status: 'expired' }, 'gone'],
    [200, { ...PENDING, status: 'failed' }, 'gone'],
    [200, { ...PENDING, status: 'deleted' }, 'gone'],
  ] as const)('a check answered %d %j is %s', async (status, body, outcome) => {
    answerWith(status, body);
    expect([await check(SID), await check(null)]).toEqual([outcome, outcome]);
  });

  it.each<[number, object | string]>([
    [200, { ...APPROVED, valid: false }],
    [200, { ...APPROVED, valid: null }],
    [200, { ...APPROVED, valid: undefined }],
    [200, { ...APPROVED, valid: 'true' }],
    [200, { ...APPROVED, valid: 1 }],
    [200, { ...APPROVED, status: 'pending' }],
    [200, { ...APPROVED, status: 'Approved' }],
    [200, { ...APPROVED, status: 'expired' }],
    [200, { ...APPROVED, status: 'new' }],
    [200, { ...APPROVED, status: true }],
    [200, { ...APPROVED, sid: 'VE1' }],
    [200, { ...APPROVED, sid: undefined }],
    [200, { ...APPROVED, to: 14155550100 }],
    [200, { ...PENDING, status: 'new' }],
    [200, [APPROVED]],
    [200, { verification: APPROVED }],
    [200, 'approved'],
    [200, 'null'],
    [200, ''],
    [200, '<html>approved</html>'],
    [200, JSON.stringify(APPROVED).slice(0, -1)],
    [200, JSON.stringify(APPROVED).repeat(2)],
    [201, APPROVED],
    [202, APPROVED],
    [206, APPROVED],
    [302, APPROVED],
    [400, APPROVED],
    [500, APPROVED],
  ])('approves nothing by accident: %d %j', async (status, body) => {
    answerWith(status, body);
    expect([await check(SID), await check(null)]).toEqual(['unknown', 'unknown']);
  });

  it('approves by the one right answer only, whatever is mixed', async () => {
    const mixed = fc.record(
      {
        sid: fc.constantFrom(SID, SID.toUpperCase(), `VE${'b'.repeat(32)}`, '', 1),
        to: fc.constantFrom(NUMBER, '+14155550101', null),
        status: fc.constantFrom('approved', 'pending', 'APPROVED', 'expired', true, null),
        valid: fc.constantFrom(true, false, 'true', 1, null),
      },
      { requiredKeys: [] },
    );
    const statuses = fc.constantFrom(200, 200, 201, 204, 302, 404, 500);
    await fc.assert(
      fc.asyncProperty(statuses, mixed, async (status, body) => {
        answerWith(status, status === 204 ? '' : body);
        const isRight =
          status === 200 && body.sid === SID && body.status === 'approved' && body.valid === true;
        expect((await check(SID)) === 'right').toBe(isRight);
      }),
      { numRuns: 200 },
    );
  });

  it('approves nothing that speaks of another verification or another number', async () => {
    answerWith(200, { ...APPROVED, sid: `VE${'b'.repeat(32)}` });
    expect(await check(SID)).toBe('unknown');
    for (const to of ['+14155550101', null, undefined]) {
      answerWith(200, { ...APPROVED, to });
      expect(await check(null)).toBe('unknown');
    }
  });

  it.each<[number, object | string]>([
    [200, PENDING],
    [202, PENDING],
    [201, { ...PENDING, status: 'approved' }],
    [201, { ...PENDING, valid: true }],
    [201, { ...PENDING, valid: 'false' }],
    [201, { ...PENDING, sid: 'x'.repeat(65) }],
    [201, { ...PENDING, sid: null }],
    [201, []],
    [201, ''],
  ])('is not sure of a start answered %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await start()).toEqual({ outcome: 'unknown' });
  });

  it('does without the fields that Twilio may drop', async () => {
    answerWith(201, { sid: SID, status: 'pending' });
    expect(await start()).toEqual({ outcome: 'sent', reference: SID });
  });

  it('reads an answer of up to 64 KB and no more', async () => {
    answerWith(200, `${' '.repeat(65_000)}${JSON.stringify(APPROVED)}`);
    expect(await check()).toBe('right');
    answerWith(200, `${' '.repeat(66_000)}${JSON.stringify(APPROVED)}`);
    expect(await check()).toBe('unknown');
  });
});
