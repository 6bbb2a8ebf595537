import { challengeFor, providerContract, TROUBLES, wrongCode } from './provider-contract.js';
import {
  makeTwilioVerifyFixture,
  TOKEN,
  type TwilioVerifyFixture,
} from './twilio-verify.fixture.js';

providerContract('twilio-verify', makeTwilioVerifyFixture, {
  startTroubles: TROUBLES,
  checkTroubles: TROUBLES,
  refuses: ['invalid_number', 'landline', 'unsupported_country', 'blocked'],
  forgets: true,
});

const NUMBER = '+14155550100';
const SID = /^VE[0-9a-f]{32}$/;

describe('TwilioVerifyProvider', () => {
  const challenge = challengeFor(NUMBER);
  let fixture: TwilioVerifyFixture;

  beforeEach(async () => {
    fixture = await makeTwilioVerifyFixture();
  });
  afterEach(() => fixture.close());

  const start = (change = {}) => fixture.provider.start(challengeFor(NUMBER, change));
  const startedSid = async () => {
    const result = await start();
    return result.outcome === 'sent' ? (result.reference ?? '') : '';
  };
  const check = async (code: string, providerReference: string | null = null) =>
    (await fixture.provider.check({ ...challenge, providerReference }, code)).outcome;
  const lastParams = () => fixture.fake.seen.at(-1)?.params;

  it('names itself, and says that a code belongs to a number', () => {
    expect(fixture.provider).toMatchObject({
      name: 'twilio-verify',
      holder: 'twilio-verify',
      codeBelongsTo: 'number',
    });
    expect(fixture.provider.channels).toEqual(['sms', 'call', 'whatsapp']);
  });

  it('fills the form of a start, and remembers the verification', async () => {
    expect(await start({ locale: 'pt-BR' })).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(SID) as string,
    });
    expect(lastParams()).toEqual({ To: NUMBER, Channel: 'sms', Locale: 'pt-BR' });
    await start({ channel: 'call', locale: 'tlh' });
    expect(lastParams()).toEqual({ To: NUMBER, Channel: 'call' });
    await start({ channel: 'whatsapp' });
    expect(lastParams()).toMatchObject({ To: NUMBER, Channel: 'whatsapp' });
    expect(fixture.fake.seen[0]).toMatchObject({
      method: 'POST',
      url: `/v2/Services/${fixture.fake.serviceSid}/Verifications`,
      headers: {
        'content-type': expect.stringContaining('application/x-www-form-urlencoded') as string,
        accept: 'application/json',
        connection: 'close',
      },
    });
  });

  it('has a code checked by the id of the verification', async () => {
    const sid = await startedSid();
    const code = fixture.codeFor(challenge);
    expect(await check(wrongCode(code), sid)).toBe('wrong');
    expect(await check(code, sid)).toBe('right');
    expect(lastParams()).toEqual({ VerificationSid: sid, Code: code });
  });

  it.each([
    null,
    '',
    'b8eb6f5e-1d2c-4b5a-9a57-1f1f5a2d8b11',
    'VE12',
    `VE${'g'.repeat(32)}`,
    `/VE${'0'.repeat(32)}`,
  ])(
    'has it checked by the number where the reference is none of Twilio: %j',
    async (reference) => {
      await start();
      const code = fixture.codeFor(challenge);
      expect(await check(code, reference)).toBe('right');
      expect(lastParams()).toEqual({ To: NUMBER, Code: code });
    },
  );

  it('shows the token in a header only', async () => {
    const sid = await startedSid();
    await check('123456', sid);
    await fixture.provider.cancel({ ...challenge, providerReference: sid });
    await fixture.provider.probe();
    expect(fixture.fake.seen).toHaveLength(4);
    const basic = `Basic ${Buffer.from(`${fixture.fake.accountSid}:${TOKEN}`).toString('base64')}`;
    for (const { headers, ...rest } of fixture.fake.seen) {
      expect(headers.authorization).toBe(basic);
      expect(JSON.stringify(rest)).not.toContain(TOKEN);
    }
  });

  it('finds its way below a path, with or without a slash at the end', async () => {
    for (const end of ['/', '//']) {
      fixture.provider = fixture.connect({ url: fixture.fake.url + end });
      expect(await start()).toMatchObject({ outcome: 'sent' });
    }
    fixture.provider = fixture.connect({ url: `${fixture.fake.url}/nowhere` });
    expect(await start()).toEqual({ outcome: 'unavailable' });
  });

  it('sends a request once, follows no redirect and shows nothing to a server that it does not trust', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'throttled', '500', 'redirect'] as const) {
      fixture.fake.fail('all', fault);
      await start();
      await check('123456');
    }
    expect(fixture.fake.seen).toHaveLength(10);
    expect(fixture.fake.trapped).toEqual([]);
    await fixture.cause?.('bad TLS');
    await start();
    expect(fixture.badTls.requests).toBe(0);
  });

  it('finds a host without an address unavailable', async () => {
    fixture.provider = fixture.connect({ url: 'http://verify.invalid' });
    expect(await start()).toEqual({ outcome: 'unavailable' });
    expect(await check('123456')).toBe('not_compared');
  });

  it('finds a code sent while the answer was lost right all the same', async () => {
    fixture.fake.fail('start', 'reset-mid-answer');
    expect(await start()).toEqual({ outcome: 'unknown' });
    fixture.fake.heal();
    expect(await check(fixture.codeFor(challenge))).toBe('right');
  });

  it('keeps the answers of many at once apart', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `+141555501${10 + index}`);
    const results = await Promise.all(
      numbers.map((number) => fixture.provider.start(challengeFor(number))),
    );
    const checks = await Promise.all(
      numbers.map((number, index) => {
        const result = results[index];
        const reference = result?.outcome === 'sent' ? (result.reference ?? null) : null;
        const code = fixture.fake.codeFor(number);
        const asked = { ...challengeFor(number), providerReference: reference };
        return fixture.provider.check(asked, index % 2 === 0 ? code : wrongCode(code));
      }),
    );
    expect(checks.map(({ outcome }) => outcome)).toEqual(
      numbers.map((_, index) => (index % 2 === 0 ? 'right' : 'wrong')),
    );
  });

  it.each([
    { accountSid: 'SK1' },
    { accountSid: '' },
    { authToken: '' },
    { serviceSid: '../VA' },
    { url: 'verify' },
  ])('asks nothing with settings that cannot be right: %j', async (change) => {
    fixture.provider = fixture.connect(change);
    expect(await start()).toEqual({ outcome: 'unavailable' });
    expect(await check('123456')).toBe('not_compared');
    const sentence = expect.stringContaining('Twilio gets no request with our settings') as string;
    expect(fixture.sentences()).toEqual([sentence, sentence]);
    expect(await fixture.provider.probe()).toEqual({ isGood: false, sentence });
    expect(fixture.fake.seen).toEqual([]);
  });

  describe('cancel', () => {
    it('ends a verification', async () => {
      const sid = await startedSid();
      await fixture.provider.cancel({ ...challenge, providerReference: sid });
      expect(fixture.fake.statusOf(sid)).toBe('canceled');
      expect(lastParams()).toEqual({ Status: 'canceled' });
      expect(await check(fixture.codeFor(challenge), sid)).toBe('gone');
    });

    it('has nothing to say about one that has no id of Twilio', async () => {
      for (const providerReference of [null, 'b8eb6f5e', 'VE../../x']) {
        await fixture.provider.cancel({ ...challenge, providerReference });
      }
      expect([fixture.fake.seen, fixture.sentences()]).toEqual([[], []]);
    });

    it('is quiet whatever happens', async () => {
      const cancel = () =>
        fixture.provider.cancel({ ...challenge, providerReference: `VE${'0'.repeat(32)}` });
      await cancel();
      for (const fault of ['reset', 'html', '500', 'bad-key'] as const) {
        fixture.fake.fail('update', fault);
        await cancel();
      }
      await fixture.fake.close();
      await cancel();
      expect(fixture.sentences()).toEqual([]);
    });
  });
});
