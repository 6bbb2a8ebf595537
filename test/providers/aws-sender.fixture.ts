import type { AwsSettings } from '../../src/messaging/vendors/aws/aws.vendor.js';
import { AwsSender } from '../../src/messaging/vendors/aws/aws.sender.js';
import { awsError, FakeAwsSms } from '../support/fake-aws-sms.js';
import {
  makeGatewayFixture,
  type Connection,
  type GatewayFixture,
} from './vendor-gateway.fixture.js';

export const ACCESS_KEY_ID = 'AKIDEXAMPLE';
export const SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const REGION = 'eu-central-1';

/** Numbers that AWS sends nothing to, by our reason. */
export const REFUSED = {
  invalid_number: '+14155550101',
  opted_out: '+14155550102',
  unsupported_country: '+14155550103',
  blocked: '+14155550104',
};

const conflict = (Reason: string) => awsError('ConflictException', { Reason });
const Fields = [{ Name: 'DestinationPhoneNumber', Message: 'x' }];

const REFUSALS = {
  [REFUSED.invalid_number]: awsError('ValidationException', {
    Reason: 'FIELD_VALIDATION_FAILED',
    Fields,
  }),
  [REFUSED.opted_out]: conflict('DESTINATION_PHONE_NUMBER_OPTED_OUT'),
  [REFUSED.unsupported_country]: conflict('DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION'),
  [REFUSED.blocked]: conflict('DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE'),
};

export type AwsFixture = GatewayFixture<FakeAwsSms, AwsSender>;

export const keys = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };

export const SETTINGS: AwsSettings = {
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  AWS_SESSION_TOKEN: undefined,
  AWS_SMS_FROM: 'RINGBACK',
  AWS_CALL_FROM: undefined,
  AWS_SMS_CONFIGURATION_SET: undefined,
  AWS_SMS_TOPIC_ARN: undefined,
  AWS_SMS_URL: undefined,
};

const connect = ({ isStranger = false, url, ...context }: Connection): AwsSender =>
  new AwsSender(
    {
      ...SETTINGS,
      ...(isStranger && { AWS_SECRET_ACCESS_KEY: 'another-secret' }),
      AWS_CALL_FROM: '+12065550142',
      AWS_SMS_URL: url,
    },
    context,
  );

export const makeAwsFixture = (): Promise<AwsFixture> =>
  makeGatewayFixture({
    makeFake: (clock) =>
      new FakeAwsSms({ ...keys, region: REGION, now: () => clock.now(), refusals: REFUSALS }),
    connect,
    suspended: awsError('AccessDeniedException', { Reason: 'ACCOUNT_DISABLED' }),
    boast: { status: 200, body: { success: 'true', MessageId: null } },
    refusedNumbers: REFUSED,
  });
