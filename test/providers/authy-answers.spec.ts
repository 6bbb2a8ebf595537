import { AUTHY_ERRORS, type AuthyErrorCode } from '../support/fake-authy.errors.js';
import type { FakeAuthy } from '../support/fake-authy.js';
import { KEY, makeAuthyFixture, type AuthyFixture } from './authy.fixture.js';
import { challengeFor } from './provider-contract.js';

const START_OF: Readonly<Record<AuthyErrorCode, object>> = {
  '60000': { outcome: 'unavailable' },
  '60001': { outcome: 'unavailable' },
  '60002': { outcome: 'unavailable' },
  '60003': { outcome: 'throttled' },
  '60004': { outcome: 'unavailable' },
  '60005': { outcome: 'unavailable' },
  '60021': { outcome: 'unavailable' },
  '60022': { outcome: 'unavailable' },
  '60023': { outcome: 'unavailable' },
  '60033': { outcome: 'refused', reason: 'invalid_number' },
  '60042': { outcome: 'unavailable' },
  '60060': { outcome: 'unavailable' },
  '60078': { outcome: 'refused', reason: 'unsupported_country' },
  '60082': { outcome: 'refused', reason: 'landline' },
  '60083': { outcome: 'refused', reason: 'unreachable' },
};

const COMPARED: Partial<Record<AuthyErrorCode, string>> = { '60022': 'wrong', '60023': 'gone' };
const NOT_COMPARED: readonly AuthyErrorCode[] = ['60001', '60003'];
const ALARMING: readonly AuthyErrorCode[] = ['60001', '60060'];
const CODES = Object.keys(AUTHY_ERRORS) as AuthyErrorCode[];

describe('What Authy answers', () => {
  const challenge = challengeFor('+14155550100');
  let fixture: AuthyFixture;
  let fake: FakeAuthy;

  beforeEach(async () => {
    fixture = await makeAuthyFixture();
    fake = fixture.fake;
  });
  afterEach(() => fake.close());

  const start = () => fixture.provider.start(challenge);
  const check = async (code: string) => (await fixture.provider.check(challenge, code)).outcome;
  const answerWith = (status: number, body: object | string) =>
    fake.fail('both', { answer: { status, body } });

  describe.each(CODES)('error code %s', (code) => {
    it(`at start means ${JSON.stringify(START_OF[code])}`, async () => {
      fake.fail('start', { errorCode: code });
      expect(await start()).toEqual(START_OF[code]);
    });

    it('at a check', async () => {
      fake.fail('check', { errorCode: code });
      const expected = COMPARED[code] ?? (NOT_COMPARED.includes(code) ? 'not_compared' : 'unknown');
      expect(await check('123456')).toBe(expected);
    });

    it('means the same whatever the status, and as a JSON number', async () => {
      fake.fail('both', { errorCode: code });
      const usual = [await start(), await check('123456')];
      for (const status of [200, 400, 401, 404, 500]) {
        answerWith(status, { error_code: Number(code), success: false });
        expect([await start(), await check('123456')]).toEqual(usual);
      }
    });

    it('is told to the operator only when they can help, without a secret', async () => {
      fake.fail('both', { errorCode: code });
      await start();
      await check('123456');
      expect(fixture.sentences()).toHaveLength(ALARMING.includes(code) ? 2 : 0);
      for (const secret of [KEY, '123456', '4155550100'])
        expect(fixture.sentences().join()).not.toContain(secret);
    });
  });

  it.each([
    [401, '', 'unknown'],
    [404, '<h1>Not Found</h1>', 'unknown'],
    [401, { success: false, message: 'Verification code is incorrect' }, 'unknown'],
    [403, { success: true, error_code: '69999' }, 'unknown'],
    [429, '', 'not_compared'],
    [503, '', 'unknown'],
  ] as const)('a check answered %d %j without a known code: %s', async (status, body, outcome) => {
    answerWith(status, body);
    expect(await check('123456')).toBe(outcome);
  });

  it.each([
    [200, { success: 1 }],
    [200, { success: 'true' }],
    [200, { success: null }],
    [200, { message: 'Verification code is correct.' }],
    [200, { message: 'Verification code is correct.', success: true, error_code: '60022' }],
    [200, { success: true, error_code: {} }],
    [200, [{ success: true }]],
    [200, 'true'],
    [200, '{"success":true'],
    [200, '{"success":true} {"success":true}'],
    [201, { success: true }],
    [204, ''],
    [302, { success: true }],
    [401, { success: true }],
    [500, { success: true }],
  ])('approves nothing by accident: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await check('123456')).not.toBe('right');
  });

  it('reads an answer of up to 64 KB and no more', async () => {
    answerWith(200, `${' '.repeat(65_000)}{"success":true}`);
    expect(await check('123456')).toBe('right');
    answerWith(200, `${' '.repeat(66_000)}{"success":true}`);
    expect(await check('123456')).toBe('unknown');
  });

  const waits = ['0', '-5', '999999', '3601', '1.5', 'soon', 'Wed, 21 Oct 2115 07:28:00 GMT'];
  it.each(waits)('trusts no Retry-After of %s', async (header) => {
    fake.fail('start', { errorCode: '60003', retryAfter: header });
    expect(await start()).toEqual({ outcome: 'throttled', retryAfter: undefined });
  });
});
