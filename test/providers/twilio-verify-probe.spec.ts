import { minutes } from '../../src/common/clock.js';
import {
  makeTwilioVerifyFixture,
  TOKEN,
  type TwilioVerifyFixture,
} from './twilio-verify.fixture.js';

describe('the probe of twilio-verify', () => {
  let fixture: TwilioVerifyFixture;
  beforeEach(async () => {
    fixture = await makeTwilioVerifyFixture();
  });
  afterEach(() => fixture.close());

  const probe = () => fixture.provider.probe();
  const bad = (sentence: string) => ({ isGood: false, sentence });

  it('is good, and sends nothing', async () => {
    expect(await probe()).toEqual({
      isGood: true,
      sentence: 'Twilio accepts our credentials and knows our Verify service.',
    });
    expect(fixture.fake.seen.map(({ operation }) => operation)).toEqual(['service']);
    expect(fixture.sentences()).toEqual([]);
  });

  it('knows credentials that are refused', async () => {
    fixture.provider = fixture.connect({ authToken: 'stale' });
    const sentence =
      'Twilio does not accept our credentials (20003): check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';
    expect(await probe()).toEqual(bad(sentence));
  });

  it('knows a service that is not there', async () => {
    fixture.provider = fixture.connect({ serviceSid: `VA${'f'.repeat(32)}` });
    expect(await probe()).toEqual(
      bad('Twilio does not know our Verify service (20404): check TWILIO_VERIFY_SERVICE_SID.'),
    );
  });

  it('knows a service whose codes are of another length', async () => {
    await fixture.close();
    fixture = await makeTwilioVerifyFixture({ codeLength: 4 });
    expect(await probe()).toEqual(bad('Our Verify service makes codes of 4 digits: set it to 6.'));
  });

  it.each([
    [5, true],
    [6, false],
    [-5, true],
    [-7, false],
  ])('a clock wrong by %d min is good: %s', async (wrongBy, isGood) => {
    const now = fixture.clock.now().getTime();
    fixture.provider = fixture.connect({ clock: { now: () => new Date(now + minutes(wrongBy)) } });
    expect((await probe()).isGood).toBe(isGood);
  });

  it('tells how wrong a clock is', async () => {
    const now = fixture.clock.now().getTime();
    fixture.provider = fixture.connect({ clock: { now: () => new Date(now + minutes(7)) } });
    expect(await probe()).toEqual(
      bad('Our clock and that of Twilio Verify differ by 7 minutes: set ours right.'),
    );
  });

  it('knows what is out of reach, or gives no answer', async () => {
    const noReach = 'Twilio Verify cannot be reached: check the network and TWILIO_VERIFY_URL.';
    fixture.fake.fail('all', 'reset');
    expect(await probe()).toEqual(bad('Twilio Verify was reached, but gave no answer.'));
    await fixture.cause?.('bad TLS');
    expect(await probe()).toEqual(bad(noReach));
    await fixture.fake.close();
    fixture.provider = fixture.connect({ url: 'http://verify.invalid' });
    expect(await probe()).toEqual(bad(noReach));
  });

  it.each([
    ['html', 200],
    ['empty', 200],
    ['truncated', 200],
    ['redirect', 302],
    ['500', 500],
  ] as const)('knows what is not Twilio: %s', async (fault, status) => {
    fixture.fake.fail('service', fault);
    expect(await probe()).toEqual(
      bad(
        `Twilio Verify gave an answer that we do not understand (HTTP ${status}): check TWILIO_VERIFY_URL.`,
      ),
    );
  });

  it('is not taken in by another service', async () => {
    fixture.fake.fail('service', {
      answer: { status: 200, body: { sid: `VA${'e'.repeat(32)}`, code_length: 6 } },
    });
    expect((await probe()).isGood).toBe(false);
  });

  it('shows no secret', async () => {
    for (const fault of ['bad-key', 'suspended', '500', 'html', 'reset'] as const) {
      fixture.fake.fail('service', fault);
      expect((await probe()).sentence).not.toContain(TOKEN);
    }
  });
});
