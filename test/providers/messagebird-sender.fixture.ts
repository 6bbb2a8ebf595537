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

const connect = ({ isStranger = false, ...connection }: Connection): MessageBirdSender =>
  new MessageBirdSender({
    accessKey: isStranger ? 'another-key' : ACCESS_KEY,
    from: 'Ringback',
    signingKey: SIGNING_KEY,
    ...connection,
  });

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
