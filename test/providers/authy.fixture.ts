import { AuthyProvider } from '../../src/phone-verification/providers/authy.provider.js';
import type { RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import { FakeClock } from '../support/fake-clock.js';
import { BadTlsServer } from '../support/bad-tls-server.js';
import type { AuthyErrorCode } from '../support/fake-authy.errors.js';
import type { Fault } from '../support/fake-authy.faults.js';
import { FakeAuthy } from '../support/fake-authy.js';
import type { ProviderFixture, Trouble } from './provider-contract.js';

export const KEY = 'key-that-stays-secret';

const FAULTS: Readonly<Record<Exclude<Trouble, 'refused connection' | 'bad TLS'>, Fault>> = {
  'no answer in time': 'slow',
  'half an answer in time': 'slow-mid-answer',
  'reset without an answer': 'reset',
  'reset mid-answer': 'reset-mid-answer',
  redirect: 'redirect',
  '429 without Retry-After': 'throttled',
  '429 with Retry-After: 30': { errorCode: '60003', retryAfter: '30' },
  '500': '500',
  'bad key': 'bad-key',
  'suspended account': 'suspended',
  'HTML instead of JSON': 'html',
  'empty answer': 'empty',
  'truncated JSON': 'truncated',
  'success as a string': 'success-as-string',
};

export const REFUSED = {
  invalid_number: '60033',
  landline: '60082',
  unsupported_country: '60078',
  unreachable: '60083',
} satisfies Partial<Record<RefusalReason, AuthyErrorCode>>;

const numberRefusedWith = (code: string): string => `+141555501${code.slice(-2)}`;

export interface AuthyFixture extends ProviderFixture {
  fake: FakeAuthy;
  /** A provider for the fake with its own time-out, in milliseconds. */
  connect(timeout?: number): AuthyProvider;
}

export async function makeAuthyFixture(): Promise<AuthyFixture> {
  let now = 0;
  const sentences: string[] = [];
  const fake = await new FakeAuthy({
    key: KEY,
    now: () => now,
    specialNumbers: Object.fromEntries(
      Object.values(REFUSED).map((code) => [numberRefusedWith(code), code]),
    ),
  }).start();
  const badTls = new BadTlsServer();
  const connect = (timeout?: number, url = fake.url) =>
    new AuthyProvider(
      { AUTHY_KEY: KEY, AUTHY_URL: url },
      { clock: new FakeClock(), timeout, log: (sentence) => sentences.push(sentence) },
    );
  const fixture: AuthyFixture = {
    fake,
    connect,
    provider: connect(),
    codeFor: ({ phoneNumber }) => fake.codeFor(phoneNumber),
    sentCount: () => fake.messages.length,
    sentences: () => sentences,
    cause: async (trouble) => {
      if (trouble === 'refused connection') return fake.close();
      if (trouble === 'bad TLS') {
        fixture.provider = connect(5000, await badTls.start());
        return;
      }
      if (trouble.endsWith('in time')) fixture.provider = connect(40);
      fake.fail('both', FAULTS[trouble]);
    },
    refusedNumber: (reason) => numberRefusedWith(REFUSED[reason as keyof typeof REFUSED]),
    expire: () => {
      now += 600_000;
    },
    close: async () => {
      await Promise.all([fake.close(), badTls.close()]);
    },
  };
  return fixture;
}
