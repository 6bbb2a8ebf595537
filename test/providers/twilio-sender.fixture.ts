import { TwilioSender } from '../../src/messaging/vendors/twilio/twilio.sender.js';
import { FakeTwilioMessages, twilioRefusal } from '../support/fake-twilio-messages.js';
import {
  makeGatewayFixture,
  type Connection,
  type GatewayFixture,
} from './vendor-gateway.fixture.js';

export const ACCOUNT_SID = 'AC00000000000000000000000000000001';
export const AUTH_TOKEN = 'token-that-stays-secret';
export const FROM = '+14155550199';

/** Numbers that Twilio sends nothing to, with the code that says why, by our reason. */
const REFUSALS = {
  invalid_number: ['+14155550111', 21211],
  landline: ['+14155550114', 21614],
  unsupported_country: ['+14155550108', 21408],
  unreachable: ['+14155550112', 21612],
  opted_out: ['+14155550110', 21610],
  blocked: ['+14155550150', 30450],
} as const;

export const REASONS = Object.keys(REFUSALS) as (keyof typeof REFUSALS)[];

export const SETTINGS = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  TWILIO_FROM: FROM,
  TWILIO_CALL_FROM: undefined,
  TWILIO_URL: 'https://api.twilio.com',
};

export type TwilioFixture = GatewayFixture<FakeTwilioMessages, TwilioSender>;

const connect = ({ isStranger = false, url, ...context }: Connection): TwilioSender =>
  new TwilioSender(
    {
      ...SETTINGS,
      TWILIO_AUTH_TOKEN: isStranger ? 'another-token' : AUTH_TOKEN,
      TWILIO_URL: url,
    },
    context,
  );

export const makeTwilioFixture = (): Promise<TwilioFixture> =>
  makeGatewayFixture({
    makeFake: (clock) =>
      new FakeTwilioMessages({
        accountSid: ACCOUNT_SID,
        authToken: AUTH_TOKEN,
        now: () => clock.now(),
        refusals: Object.fromEntries(Object.values(REFUSALS)),
      }),
    connect,
    suspended: twilioRefusal(403, 20005),
    boast: { status: 201, body: { success: 'true', status: 'queued' } },
    refusedNumbers: Object.fromEntries(REASONS.map((reason) => [reason, REFUSALS[reason][0]])),
  });
