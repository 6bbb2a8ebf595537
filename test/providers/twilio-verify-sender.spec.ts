import { minutes } from '../../src/common/clock.js';
import { codeOf } from '../../src/phone-verification/providers/code.js';
import type { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import { withDescriptions } from '../support/openapi-judge.js';
import { challengeFor, providerContract, TROUBLES, type Trouble } from './provider-contract.js';
import { keys, makeVerifySenderFixture } from './twilio-verify-sender.fixture.js';
import { TOKEN, type VerifyFixture } from './twilio-verify.fixture.js';
import { VerifyJudge } from './twilio-verify.judge.js';

const REASONS = ['invalid_number', 'landline', 'unsupported_country', 'blocked'] as const;
const NUMBER = '+14155550100';
const challenge = challengeFor(NUMBER);
const CODE = codeOf(keys, challenge.nonce, NUMBER)!;
const VERIFICATION = `VE${'a'.repeat(32)}`;
const NO_CUSTOM_CODES =
  'Our Verify service takes no codes made here: switch on "Custom Verification Code" in its settings in the Twilio console.';

providerContract('self:twilio-verify', makeVerifySenderFixture, {
  startTroubles: TROUBLES,
  refuses: REASONS,
});

describe('TwilioVerifySender', () => {
  let fixture: VerifyFixture<SelfProvider>;
  beforeEach(async () => {
    fixture = await makeVerifySenderFixture();
  });
  afterEach(() => fixture.close());

  const start = (change = {}) => fixture.provider.start({ ...challenge, ...change });
  const startedSid = async () => {
    const result = await start();
    return result.outcome === 'sent' ? (result.reference ?? '') : '';
  };
  const params = () => fixture.fake.seen.map((request) => request.params);
  const answerWith = (status: number, body: object | string) =>
    fixture.fake.fail('all', { answer: { status, body } });

  it('hands over the code that is made here, in the words of Twilio', async () => {
    expect(await start()).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^VE[0-9a-f]{32}$/) as string,
    });
    await start({ channel: 'call', locale: 'zh' });
    await start({ channel: 'whatsapp' });
    expect(params()).toEqual([
      { To: NUMBER, Channel: 'sms', Locale: 'en', CustomCode: CODE },
      { To: NUMBER, Channel: 'call', Locale: 'zh', CustomCode: CODE },
      { To: NUMBER, Channel: 'whatsapp', Locale: 'en', CustomCode: CODE },
    ]);
    expect(fixture.fake.messages.map(({ code }) => code)).toEqual([CODE, CODE, CODE]);
    expect(await fixture.provider.check(challenge, CODE)).toEqual({ outcome: 'right' });
  });

  it('hands over the code of a new challenge while the one before it is still known there', async () => {
    const next = challengeFor(NUMBER, { nonce: 'k1.BAECAwQFBgcICQoLDA0ODw' });
    await start();
    await start(next);
    expect(fixture.codeFor(next)).toBe(codeOf(keys, next.nonce, NUMBER));
  });

  it('has no receipts: a callback in its name is believed by nobody', () => {
    const { sender } = fixture.provider;
    expect([sender.receipts, sender.accountReceipts]).toEqual([undefined, undefined]);
  });

  it.each([400, 401, 403, 503])(
    'a service that takes no codes of ours sends nothing and is told of: %d',
    async (status) => {
      answerWith(status, { code: 60204, message: 'Custom code not allowed', status });
      expect(await start()).toEqual({ outcome: 'unavailable' });
      expect(fixture.sentences()).toEqual([NO_CUSTOM_CODES]);
    },
  );

  it('is told so by Twilio when custom codes are not switched on', async () => {
    await fixture.close();
    fixture = await makeVerifySenderFixture({ customCodes: false });
    expect(await start()).toEqual({ outcome: 'unavailable' });
    expect(fixture.fake.messages).toEqual([]);
    expect(fixture.sentences()).toEqual([NO_CUSTOM_CODES]);
  });

  it.each([
    [201, { sid: VERIFICATION, status: 'pending' }, 'sent'],
    [200, { sid: VERIFICATION, status: 'pending' }, 'unknown'],
    [201, { sid: VERIFICATION, status: 'approved' }, 'unknown'],
    [201, { sid: VERIFICATION, status: 'pending', valid: true }, 'unknown'],
    [201, { sid: 'VE1', status: 'pending' }, 'unknown'],
    [429, { code: 60203 }, 'throttled'],
    [429, { code: 60212 }, 'throttled'],
    [502, '', 'unknown'],
  ])('an answer %d %j is %s', async (status, body, outcome) => {
    answerWith(status, body);
    expect((await start()).outcome).toBe(outcome);
  });

  it('waits for the life of a verification that had all its sends', async () => {
    for (let sends = 0; sends < 5; sends += 1) expect((await start()).outcome).toBe('sent');
    expect(await start()).toEqual({ outcome: 'throttled', retryAfter: 600 });
  });

  it('never repeats a send that went wrong', async () => {
    fixture.fake.fail('all', 'reset');
    expect(await start()).toEqual({ outcome: 'unknown' });
    expect(fixture.fake.seen).toHaveLength(1);
  });

  it('without a usable account sends nothing, says so once, and stays quiet of what was confirmed', async () => {
    fixture.provider = fixture.connect({ accountSid: '' });
    expect(await start()).toEqual({ outcome: 'unavailable' });
    await fixture.provider.confirmed(VERIFICATION);
    expect(fixture.sentences()).toEqual([
      expect.stringContaining('check TWILIO_ACCOUNT_SID (AC…)'),
    ]);
    expect(await fixture.provider.probe()).toEqual({
      isGood: false,
      sentence: fixture.sentences()[0],
    });
    expect(fixture.fake.seen).toEqual([]);
  });

  describe('confirmed', () => {
    it('approves the verification, once', async () => {
      const sid = await startedSid();
      await fixture.provider.confirmed(sid);
      expect(fixture.fake.statusOf(sid)).toBe('approved');
      expect(fixture.fake.seen.slice(1)).toMatchObject([
        {
          operation: 'update',
          url: expect.stringMatching(`/Verifications/${sid}$`) as string,
          params: { Status: 'approved' },
        },
      ]);
    });

    it.each(['', 'SM00000000000000000000000000000001', '../Services', `${VERIFICATION}/x`])(
      'asks nothing for %j, which is no verification',
      async (id) => {
        await fixture.provider.confirmed(id);
        expect(fixture.fake.seen).toEqual([]);
      },
    );

    it.each(TROUBLES)('neither throws nor speaks, %s', async (trouble: Trouble) => {
      const sid = await startedSid();
      await fixture.cause?.(trouble);
      await expect(fixture.provider.confirmed(sid)).resolves.toBeUndefined();
      expect(fixture.sentences()).toEqual([]);
    });
  });

  it('tells the operator neither code, number nor token', async () => {
    for (const trouble of ['bad key', 'suspended account', '500'] as const) {
      await fixture.cause?.(trouble);
      await start();
    }
    expect(fixture.sentences()).toHaveLength(2);
    for (const secret of [CODE, '4155550100', TOKEN])
      expect(fixture.sentences().join()).not.toContain(secret);
  });

  describe('probe', () => {
    it("is good where our codes are taken, whatever length the service's own have; sends nothing", async () => {
      await fixture.close();
      fixture = await makeVerifySenderFixture({ codeLength: 4 });
      const sentence =
        'Twilio accepts our credentials, and our Verify service takes codes made here.';
      expect(await fixture.provider.probe()).toEqual({ isGood: true, sentence });
      expect(fixture.fake.seen.map(({ operation }) => operation)).toEqual(['service']);
    });

    it('knows a service that takes none', async () => {
      await fixture.close();
      fixture = await makeVerifySenderFixture({ customCodes: false });
      expect(await fixture.provider.probe()).toEqual({ isGood: false, sentence: NO_CUSTOM_CODES });
    });

    it('knows a service that is not there, and what is not Twilio', async () => {
      fixture.provider = fixture.connect({ serviceSid: `VA${'f'.repeat(32)}` });
      expect((await fixture.provider.probe()).sentence).toContain(
        'Twilio does not know our Verify service (20404)',
      );
      fixture.provider = fixture.connect();
      const ours = { sid: fixture.fake.serviceSid, custom_code_enabled: true };
      for (const [status, body] of [
        [200, {}],
        [200, { ...ours, sid: VERIFICATION }],
        [500, ours],
      ] as const) {
        answerWith(status, body);
        expect((await fixture.provider.probe()).isGood).toBe(false);
      }
    });

    it('knows a clock that is wrong', async () => {
      const now = fixture.clock.now().getTime();
      fixture.provider = fixture.connect({ clock: { now: () => new Date(now + minutes(7)) } });
      expect((await fixture.provider.probe()).sentence).toContain('differ by 7 minutes');
    });
  });
});

withDescriptions("Twilio's own description of Verify v2 (a file of SPECS_DIR)", () => {
  it('allows our codes and what we confirm, and the answers of our test server', async () => {
    const judge = new VerifyJudge();
    const fixture = await makeVerifySenderFixture();
    const result = await fixture.provider.start(challenge);
    await fixture.provider.start({ ...challenge, channel: 'call', locale: 'pt' });
    await fixture.provider.confirmed(result.outcome === 'sent' ? (result.reference ?? '') : '');
    await fixture.provider.probe();
    await fixture.close();
    expect(fixture.fake.served.map(({ operation }) => operation)).toEqual([
      'start',
      'start',
      'update',
      'service',
    ]);
    expect(judge.faultsOf(fixture.fake)).toEqual([]);
  });
});
