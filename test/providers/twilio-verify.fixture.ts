import type { GatewayContext } from '../../src/messaging/vendors/gateway-sender.js';
import type { TwilioVerifySettings } from '../../src/messaging/vendors/twilio-verify/twilio-verify.vendor.js';
import { TwilioVerifyProvider } from '../../src/phone-verification/providers/twilio-verify.provider.js';
import type { RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import type { VerificationProvider } from '../../src/phone-verification/providers/verification-provider.js';
import { BadTlsServer } from '../support/bad-tls-server.js';
import { FakeClock } from '../support/fake-clock.js';
import type { TwilioErrorCode } from '../support/fake-twilio-verify.errors.js';
import type { Fault } from '../support/fake-twilio-verify.faults.js';
import { FakeTwilioVerify, type FakeTwilioVerifyOptions } from '../support/fake-twilio-verify.js';
import type { ProviderFixture, Trouble } from './provider-contract.js';

export const TOKEN = 'token-that-stays-secret';

const FAULTS: Readonly<Record<Exclude<Trouble, 'refused connection' | 'bad TLS'>, Fault>> = {
  'no answer in time': 'slow',
  'half an answer in time': 'slow-mid-answer',
  'reset without an answer': 'reset',
  'reset mid-answer': 'reset-mid-answer',
  redirect: 'redirect',
  '429 without Retry-After': 'throttled',
  '429 with Retry-After: 30': { errorCode: '20429', retryAfter: '30' },
  '500': '500',
  'bad key': 'bad-key',
  'suspended account': 'suspended',
  'HTML instead of JSON': 'html',
  'empty answer': 'empty',
  'truncated JSON': 'truncated',
  'success as a string': 'success-as-string',
};

export const REFUSED = {
  landline: '60205',
  unsupported_country: '60605',
  blocked: '60410',
} satisfies Partial<Record<RefusalReason, TwilioErrorCode>>;

const numberRefusedWith = (code: string): string => `+14155550${code.slice(-3)}`;

export type TwilioVerifyFixture = VerifyFixture<TwilioVerifyProvider>;

type Change = Partial<GatewayContext> &
  Partial<Record<'accountSid' | 'authToken' | 'serviceSid' | 'url', string>>;

/** Anything of ours that talks to Twilio Verify. */
export interface VerifyFixture<P extends VerificationProvider> extends ProviderFixture {
  provider: P;
  fake: FakeTwilioVerify;
  badTls: BadTlsServer;
  clock: FakeClock;
  /** A provider for the fake that differs in some options. */
  connect(change?: Change): P;
  /** No more connections from now on, started or not. */
  close(): Promise<void>;
}

export const makeTwilioVerifyFixture = (
  setUp: { codeLength?: number } = {},
): Promise<TwilioVerifyFixture> =>
  makeVerifyFixture((...of) => new TwilioVerifyProvider(...of), setUp);

export async function makeVerifyFixture<P extends VerificationProvider>(
  providerOf: (settings: TwilioVerifySettings, context: GatewayContext) => P,
  setUp: Pick<FakeTwilioVerifyOptions, 'codeLength' | 'customCodes'>,
): Promise<VerifyFixture<P>> {
  const clock = new FakeClock();
  const sentences: string[] = [];
  const fake = await new FakeTwilioVerify({
    authToken: TOKEN,
    ...setUp,
    now: () => clock.now().getTime(),
    specialNumbers: Object.fromEntries(
      Object.values(REFUSED).map((code) => [numberRefusedWith(code), code]),
    ),
  }).start();
  const badTls = new BadTlsServer();
  const connect = ({ accountSid, authToken, serviceSid, url, ...context }: Change = {}) =>
    providerOf(
      {
        TWILIO_ACCOUNT_SID: accountSid ?? fake.accountSid,
        TWILIO_AUTH_TOKEN: authToken ?? TOKEN,
        TWILIO_VERIFY_SERVICE_SID: serviceSid ?? fake.serviceSid,
        TWILIO_VERIFY_URL: url ?? fake.url,
      },
      { clock, log: (sentence) => sentences.push(sentence), ...context },
    );
  const fixture: VerifyFixture<P> = {
    fake,
    badTls,
    clock,
    connect,
    provider: connect(),
    codeFor: ({ phoneNumber }) => fake.codeFor(phoneNumber),
    sentCount: () => fake.messages.length,
    sentences: () => sentences,
    cause: async (trouble) => {
      if (trouble === 'refused connection') return fake.close();
      if (trouble === 'bad TLS') {
        fixture.provider = connect({ url: await badTls.start() });
        return;
      }
      if (trouble.endsWith('in time')) fixture.provider = connect({ timeout: 40 });
      fake.fail('all', FAULTS[trouble]);
    },
    refusedNumber: (reason) =>
      reason === 'invalid_number'
        ? '+0'
        : numberRefusedWith(REFUSED[reason as keyof typeof REFUSED]),
    expire: () => {
      clock.advance(600_000);
    },
    close: async () => {
      await Promise.all([fake.close(), badTls.close()]);
    },
  };
  return fixture;
}
