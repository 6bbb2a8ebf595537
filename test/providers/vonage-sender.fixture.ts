import { VonageSender } from '../../src/messaging/vendors/vonage/vonage.sender.js';
import { FakeVonage } from '../support/fake-vonage.js';
import {
  makeGatewayFixture,
  type Connection,
  type GatewayFixture,
} from './vendor-gateway.fixture.js';

export const API_KEY = 'abcd1234';
export const API_SECRET = 'secret-of-vonage';
export const SIGNATURE_SECRET = 'my_secret_key_for_testing';

/** Numbers that Vonage sends nothing to, by our reason. */
export const REFUSED = { blocked: '+14155550107', unreachable: '+14155550133' };

export const SETTINGS = {
  VONAGE_API_KEY: API_KEY,
  VONAGE_API_SECRET: API_SECRET,
  VONAGE_FROM: 'Ringback',
  VONAGE_SIGNATURE_SECRET: SIGNATURE_SECRET,
  VONAGE_URL: 'https://rest.nexmo.com',
};

export type VonageFixture = GatewayFixture<FakeVonage, VonageSender>;

const connect = ({ isStranger = false, url, ...context }: Connection): VonageSender =>
  new VonageSender(
    {
      ...SETTINGS,
      VONAGE_API_SECRET: isStranger ? 'another-secret' : API_SECRET,
      VONAGE_URL: url,
    },
    context,
  );

const failing = (status: string) => ({
  status: 200,
  body: { 'message-count': '1', messages: [{ status }] },
});

export const makeVonageFixture = (): Promise<VonageFixture> =>
  makeGatewayFixture({
    makeFake: (clock) =>
      new FakeVonage({
        key: API_KEY,
        secret: API_SECRET,
        now: () => clock.now(),
        refusals: { [REFUSED.blocked]: '7', [REFUSED.unreachable]: '33' },
      }),
    connect,
    suspended: failing('8'),
    boast: failing('success'),
    refusedNumbers: REFUSED,
  });
