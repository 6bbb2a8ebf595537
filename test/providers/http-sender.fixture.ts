import type { HttpGatewayEnvironment } from '../../src/messaging/vendors/http/http-gateway.js';
import { readHttpGateway } from '../../src/messaging/vendors/http/http-gateway.reader.js';
import { HttpSender } from '../../src/messaging/vendors/http/http.sender.js';
import { FakeHttpGateway } from '../support/fake-http-gateway.js';
import {
  makeGatewayFixture,
  type Connection,
  type GatewayFixture,
} from './vendor-gateway.fixture.js';

export const KEY = 'key-that-stays-secret';
export const RECEIPT_SECRET = 'secret-of-receipts-0123456789abcdef';

/** Numbers that the gateway sends nothing to, with its code, by our reason. */
const REFUSALS = {
  invalid_number: ['+14155550121', 21],
  landline: ['+14155550122', 22],
  unsupported_country: ['+14155550123', 23],
  unreachable: ['+14155550124', 24],
  opted_out: ['+14155550125', 25],
  blocked: ['+14155550126', 26],
} as const;

export const REASONS = Object.keys(REFUSALS) as (keyof typeof REFUSALS)[];

/** What an operator would set for the gateway that takes JSON. */
export const settingsFor = (
  url: string,
  change: Partial<HttpGatewayEnvironment> = {},
): HttpGatewayEnvironment => ({
  HTTP_SMS_URL: `${url}/json`,
  HTTP_SMS_METHOD: 'POST',
  HTTP_SMS_HEADERS: `{"Authorization": "Bearer ${KEY}"}`,
  HTTP_SMS_BODY: '{"to": "{to}", "text": "{text}", "callback": "{callback_url}"}',
  HTTP_SMS_SUCCESS: '/ok=true',
  HTTP_SMS_ID: '/messages/0/id',
  HTTP_SMS_REASONS: [
    '/error/code',
    ...Object.entries(REFUSALS).map(([reason, [, code]]) => `${code}=${reason}`),
  ].join(';'),
  HTTP_SMS_RECEIPT_SECRET: RECEIPT_SECRET,
  ...change,
});

/** The sender for such settings; throws where they have a problem. */
export function senderWith(
  settings: HttpGatewayEnvironment,
  context: ConstructorParameters<typeof HttpSender>[1],
): HttpSender {
  const { problems } = readHttpGateway(settings);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return new HttpSender(settings, context);
}

export type HttpFixture = GatewayFixture<FakeHttpGateway, HttpSender>;

const connect = ({ url, isStranger = false, ...connection }: Connection): HttpSender => {
  const headers = isStranger ? { HTTP_SMS_HEADERS: '{"Authorization": "Bearer another"}' } : {};
  return senderWith(settingsFor(url, headers), connection);
};

export const makeHttpFixture = (): Promise<HttpFixture> =>
  makeGatewayFixture({
    makeFake: (clock) =>
      new FakeHttpGateway({
        key: KEY,
        now: () => clock.now(),
        refusals: Object.fromEntries(Object.values(REFUSALS)),
      }),
    connect,
    suspended: { status: 402, body: { ok: false } },
    boast: { status: 200, body: { ok: 'true', messages: [{ id: 'x' }] } },
    refusedNumbers: Object.fromEntries(REASONS.map((reason) => [reason, REFUSALS[reason][0]])),
  });
