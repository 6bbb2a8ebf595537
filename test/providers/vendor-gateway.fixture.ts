import type { Clock } from '../../src/common/clock.js';
import type { CodeKeys } from '../../src/phone-verification/providers/code.js';
import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import {
  SmsSender,
  type Message,
  type SendResult,
  type RefusalReason,
} from '../../src/messaging/vendors/sms-sender.js';
import { BadTlsServer } from '../support/bad-tls-server.js';
import type { Answer } from '../support/fake-authy.errors.js';
import { FakeClock } from '../support/fake-clock.js';
import { REDIRECT, type FakeGateway, type GatewayFault } from '../support/fake-gateway.js';
import type { ProviderFixture, Trouble } from './provider-contract.js';

/** What every sender of a vendor's gateway takes, and a wrong key on demand. */
export interface Connection {
  url: string;
  clock: Clock;
  log: (sentence: string) => void;
  timeout?: number;
  isStranger?: boolean;
}

export interface Vendor<F extends FakeGateway, S extends SmsSender> {
  makeFake(clock: FakeClock): F;
  connect(connection: Connection): S;
  /** How this gateway says that our account sends nothing. */
  suspended: Answer;
  /** A 2xx that says by other words than its own that all went well. */
  boast: Answer;
  refusedNumbers: Partial<Record<RefusalReason, string>>;
}

export interface GatewayFixture<
  F extends FakeGateway,
  S extends SmsSender,
> extends ProviderFixture {
  fake: F;
  clock: FakeClock;
  sender: S;
  /** Another sender for the same gateway. */
  connect(change?: Partial<Connection>): S;
}

const key = { id: 'k1', secret: Buffer.alloc(48, 7) };
const keys: CodeKeys = {
  for: () => ({ current: key, find: (id) => (id === key.id ? key : undefined) }),
};

/** The suite asks every provider for a call; where a gateway makes none, a text stands for it. */
class TextForCall extends SmsSender {
  readonly name = 'text-for-call';
  readonly channels = ['sms'] as const;

  constructor(private readonly sender: SmsSender) {
    super();
  }

  send(message: Message): Promise<SendResult> {
    return this.sender.send({ ...message, channel: 'sms' });
  }
}

const FAULTS: Partial<Record<Trouble, GatewayFault>> = {
  'no answer in time': 'slow',
  'half an answer in time': 'slow-mid-answer',
  'reset without an answer': 'reset',
  'reset mid-answer': 'reset-mid-answer',
  redirect: { answer: REDIRECT },
  '429 without Retry-After': { answer: { status: 429, body: {} } },
  '429 with Retry-After: 30': {
    answer: { status: 429, headers: { 'Retry-After': '30' }, body: {} },
  },
  '500': { answer: { status: 500, body: '<h1>Internal Server Error</h1>' } },
  'HTML instead of JSON': 'html',
  'empty answer': 'empty',
  'truncated JSON': 'truncated',
};

/** A gateway and our sender for it, as a provider that makes its codes itself. */
export async function makeGatewayFixture<F extends FakeGateway, S extends SmsSender>(
  vendor: Vendor<F, S>,
): Promise<GatewayFixture<F, S>> {
  const clock = new FakeClock();
  const sentences: string[] = [];
  const fake = await vendor.makeFake(clock).start();
  const badTls = new BadTlsServer();
  const connect = (change: Partial<Connection> = {}) =>
    vendor.connect({
      url: fake.url,
      clock,
      log: (sentence) => sentences.push(sentence),
      ...change,
    });
  const providerOf = (sender: S) =>
    new SelfProvider({
      keys,
      sender: sender.channels.includes('call') ? sender : new TextForCall(sender),
      publicUrl: 'https://localhost',
    });

  const sender = connect();
  const fixture: GatewayFixture<F, S> = {
    fake,
    clock,
    connect,
    sender,
    provider: providerOf(sender),
    codeFor: ({ phoneNumber }) =>
      codeIn(fake.messages.findLast(({ to }) => to === phoneNumber)?.text ?? ''),
    sentCount: () => fake.messages.length,
    sentences: () => sentences,
    cause: async (trouble) => {
      if (trouble === 'refused connection') return fake.close();
      if (trouble === 'bad TLS')
        fixture.provider = providerOf(connect({ url: await badTls.start() }));
      if (trouble === 'bad key') fixture.provider = providerOf(connect({ isStranger: true }));
      if (trouble === 'suspended account') fake.fail({ answer: vendor.suspended });
      if (trouble === 'success as a string') fake.fail({ answer: vendor.boast });
      if (trouble.endsWith('in time')) fixture.provider = providerOf(connect({ timeout: 40 }));
      const fault = FAULTS[trouble];
      if (fault !== undefined) fake.fail(fault);
    },
    refusedNumber: (reason) => vendor.refusedNumbers[reason] ?? '',
    close: async () => {
      await Promise.all([fake.close(), badTls.close()]);
    },
  };
  return fixture;
}

/** The code begins a text; in a call its digits are the first ones. */
const codeIn = (text: string): string => text.replace(/\D/g, '').slice(0, 6);

/** A message as SelfProvider hands it over. */
export const messageTo = (to: string, change: Partial<Message> = {}): Message => ({
  to,
  channel: 'sms',
  text: '012345 is your Ringback code.\n\n@localhost #012345',
  code: '012345',
  locale: 'en',
  ttl: 600,
  reference: 'AAECAwQFBgcICQoLDA0ODw',
  ...change,
});
