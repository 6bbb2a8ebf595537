import {
  VerificationProvider,
  type ProviderChallenge,
  type Sending,
} from '../../src/phone-verification/providers/verification-provider.js';
import { TWILIO_ERRORS, type TwilioErrorCode } from '../support/fake-twilio-verify.errors.js';
import { withDescriptions } from '../support/openapi-judge.js';
import { challengeFor, providerContract, TROUBLES } from './provider-contract.js';
import { makeTwilioVerifyFixture, type TwilioVerifyFixture } from './twilio-verify.fixture.js';
import { VerifyJudge } from './twilio-verify.judge.js';

/** Hands the reference of a start to the checks after it, as the house does. */
class Remembering extends VerificationProvider {
  readonly name = 'twilio-verify';
  readonly codeBelongsTo = 'number';
  readonly channels = ['sms', 'call', 'whatsapp'] as const;
  private readonly references = new Map<string, string>();

  constructor(private readonly asked: () => VerificationProvider) {
    super();
  }

  async start(sending: Sending) {
    const result = await this.asked().start(sending);
    if (result.outcome === 'sent' && result.reference)
      this.references.set(sending.phoneNumber, result.reference);
    return result;
  }

  check(challenge: ProviderChallenge, code: string) {
    const providerReference = this.references.get(challenge.phoneNumber) ?? null;
    return this.asked().check({ ...challenge, providerReference }, code);
  }
}

withDescriptions("Twilio's own description of Verify v2 (a file of SPECS_DIR)", () => {
  let judge: VerifyJudge;
  beforeAll(() => {
    judge = new VerifyJudge();
  });

  const makeJudgedFixture = async () => {
    const fixture = await makeTwilioVerifyFixture();
    return {
      ...fixture,
      provider: new Remembering(() => fixture.provider),
      close: async () => {
        await fixture.close();
        expect(judge.faultsOf(fixture.fake)).toEqual([]);
      },
    };
  };

  providerContract(
    'twilio-verify, asked by the ids of verifications and judged,',
    makeJudgedFixture,
    {
      startTroubles: TROUBLES,
      checkTroubles: TROUBLES,
      refuses: ['invalid_number', 'landline', 'unsupported_country', 'blocked'],
      forgets: true,
    },
  );

  describe('judges', () => {
    const SERVICE = `/v2/Services/VA${'0'.repeat(32)}`;
    const CHECK = { operation: 'check', url: `${SERVICE}/VerificationCheck` };
    const UPDATE = { operation: 'update', url: `${SERVICE}/Verifications/VE${'0'.repeat(32)}` };
    const NO_VERIFICATION = `VA${'0'.repeat(32)}`;
    const headers = {
      authorization: 'Basic QUM6dA==',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const request = (change = {}) => ({
      operation: 'start' as const,
      method: 'POST',
      url: `${SERVICE}/Verifications`,
      headers,
      key: undefined,
      params: { To: '+14155550100', Channel: 'sms' },
      ...change,
    });
    let fixture: TwilioVerifyFixture;
    beforeEach(async () => {
      fixture = await makeTwilioVerifyFixture();
    });
    afterEach(() => fixture.close());

    it('every kind of request of ours, and its answer', async () => {
      const { provider, fake } = fixture;
      const challenge = challengeFor('+14155550100', { locale: 'zh-TW' });
      const started = await provider.start(challenge);
      const providerReference = started.outcome === 'sent' ? (started.reference ?? '') : '';
      await provider.start({ ...challenge, channel: 'call', locale: 'tlh' });
      await provider.start({ ...challenge, channel: 'whatsapp' });
      await provider.check({ ...challenge, providerReference }, '000000');
      await provider.check(challenge, fake.codeFor('+14155550100'));
      await provider.start(challenge);
      await provider.cancel({ ...challenge, providerReference });
      await provider.probe();
      expect(fake.served.map(({ operation }) => operation)).toEqual([
        'start',
        'start',
        'start',
        'check',
        'check',
        'start',
        'update',
        'service',
      ]);
      expect(judge.faultsOf(fake)).toEqual([]);
    });

    it.each(Object.keys(TWILIO_ERRORS) as TwilioErrorCode[])(
      'the refusal %s',
      async (errorCode) => {
        fixture.fake.fail('all', { errorCode });
        await fixture.provider.start(challengeFor('+14155550100'));
        expect(fixture.fake.served).toHaveLength(1);
        expect(judge.faultsOf(fixture.fake)).toEqual([]);
      },
    );

    it('a right request as right', () => expect(judge.faultsOfRequest(request())).toEqual([]));

    it.each([
      ['a field that nobody knows', { params: { To: '+1', Channel: 'sms', Via: 'sms' } }],
      ['no channel', { params: { To: '+1' } }],
      ['a service without an id', { url: '/v2/Services/VA1/Verifications' }],
      ['a query', { url: `${SERVICE}/Verifications?To=1` }],
      ['no credentials', { headers: { ...headers, authorization: undefined } }],
      ['JSON', { headers: { ...headers, 'content-type': 'application/json' } }],
      [
        'another kind of id',
        { ...CHECK, params: { Code: '123456', VerificationSid: NO_VERIFICATION } },
      ],
      ['a state that cannot be set', { ...UPDATE, params: { Status: 'expired' } }],
    ])('a request with %s as wrong', (_, change) => {
      expect(judge.faultsOfRequest(request(change))).toHaveLength(1);
    });

    it.each([
      [201, { valid: 'false' }],
      [201, { sid: NO_VERIFICATION }],
      [201, { date_created: 'today' }],
      [201, { code: '123456' }],
      [202, {}],
      [404, { code: '20404' }],
      [400, { errors: [] }],
    ])('an answer %d %j as wrong', (status, body) => {
      expect(judge.faultsOfAnswer({ operation: 'start', answer: { status, body } })).toHaveLength(
        1,
      );
    });
  });
});
