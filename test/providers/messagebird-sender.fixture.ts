import { MessageBirdSender } from '../../src/messaging/vendors/messagebird/messagebird.sender.js';
import { FakeMessageBird, refusal } from '../support/fake-messagebird.js';
import {
  makeGatewayFixture,
  type Connection,
  type GatewayFixture,
} from './vendor-gateway.fixture.js';

export const ACCESS_KEY = 'live-key-of-messagebird';
export const SIGNING_KEY = '36efdd1aace2e26cd490f0d951138253bef2f7c6d34d18981da781555cc4cebb';

/** Numbers that MessageBird sends nothing to, by our reason. */
export const REFUSED = { invalid_number: '+14155550109' };

export type MessageBirdFixture = GatewayFixture<FakeMessageBird, MessageBirdSender>;

export const SETTINGS = {
  MESSAGEBIRD_ACCESS_KEY: ACCESS_KEY,
  MESSAGEBIRD_FROM: 'Ringback',
  MESSAGEBIRD_SIGNING_KEY: SIGNING_KEY,
  MESSAGEBIRD_URL: 'https://rest.messagebird.com',
};

const connect = ({ isStranger = false, url, ...context }: Connection): MessageBirdSender => {
  const key = isStranger ? 'another-key' : ACCESS_KEY;
  const settings = { ...SETTINGS, MESSAGEBIRD_ACCESS_KEY: key, MESSAGEBIRD_URL: url };
  return new MessageBirdSender(settings, context);
};

const noRecipient = {
  code: 9,
  description: 'no (correct) recipients found',
  parameter: 'recipient',
};

export const makeMessageBirdFixture = (): Promise<MessageBirdFixture> =>
  makeGatewayFixture({
    makeFake: (clock) =>
      new FakeMessageBird({
        key: ACCESS_KEY,
        now: () => clock.now(),
        refusals: { [REFUSED.invalid_number]: noRecipient },
      }),
    connect,
    suspended: refusal(402, { code: 25, description: 'Not enough balance', parameter: null }),
    boast: { status: 201, body: { success: 'true', recipients: { totalSentCount: '1' } } },
    refusedNumbers: REFUSED,
  });
