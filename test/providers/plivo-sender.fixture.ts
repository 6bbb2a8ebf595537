import { PlivoSender } from '../../src/messaging/vendors/plivo/plivo.sender.js';
import { FakePlivo, plivoRefusal } from '../support/fake-plivo.js';
import { challengeFor } from './provider-contract.js';
import {
  makeGatewayFixture,
  type Connection,
  type GatewayFixture,
} from './vendor-gateway.fixture.js';

export const AUTH_ID = 'MAXXXXXXXXXXXXXXXXXX';
export const AUTH_TOKEN = 'my_auth_token';
export const FROM = '+14155550199';

/** Numbers that Plivo sends nothing to, by our reason. */
export const REFUSED = { invalid_number: '+14155550111', unsupported_country: '+14155550108' };

export const SETTINGS = {
  PLIVO_AUTH_ID: AUTH_ID,
  PLIVO_AUTH_TOKEN: AUTH_TOKEN,
  PLIVO_FROM: FROM,
  PLIVO_CALL_FROM: undefined,
  PLIVO_URL: 'https://api.plivo.com',
};

export type PlivoFixture = GatewayFixture<FakePlivo, PlivoSender>;

const connect = ({ isStranger = false, url, ...context }: Connection): PlivoSender =>
  new PlivoSender(
    {
      ...SETTINGS,
      PLIVO_AUTH_TOKEN: isStranger ? 'another-token' : AUTH_TOKEN,
      PLIVO_URL: url,
    },
    context,
  );

export async function makePlivoFixture(): Promise<PlivoFixture> {
  const fixture: PlivoFixture = await makeGatewayFixture({
    makeFake: (clock): FakePlivo =>
      new FakePlivo({
        authId: AUTH_ID,
        authToken: AUTH_TOKEN,
        now: () => clock.now(),
        hear: (to) => fixture.provider.script?.(challengeFor(to), 'en') ?? '',
        refusals: {
          [REFUSED.invalid_number]: 'dst is not a valid number',
          [REFUSED.unsupported_country]: 'Destination country is not enabled for this account',
        },
      }),
    connect,
    suspended: plivoRefusal(402, 'Insufficient credit'),
    boast: { status: 202, body: { message: 'message(s) queued', message_uuid: 'true' } },
    refusedNumbers: REFUSED,
  });
  return fixture;
}
