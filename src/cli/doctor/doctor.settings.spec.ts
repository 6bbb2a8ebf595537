import { loadSettings } from '../../load-settings.js';
import { lookAtSettings } from './doctor.settings.js';

const now = new Date('2026-03-01T12:00:00.000Z');
const look = (environment: Record<string, string>, at = now) =>
  lookAtSettings(
    loadSettings({ NODE_ENV: 'test', SECRET_KEY: 'k'.repeat(32), ...environment }),
    at,
  );

describe('what settings say of themselves', () => {
  it('is nothing where nothing is in use', () => expect(look({})).toEqual([]));

  describe('of PUBLIC_URL', () => {
    const AWS = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SMS_FROM: 'x',
    };
    const GATEWAYS: Record<string, Record<string, string>> = {
      twilio: { TWILIO_ACCOUNT_SID: 'x', TWILIO_AUTH_TOKEN: 'x', TWILIO_FROM: 'x' },
      vonage: {
        VONAGE_API_KEY: 'x',
        VONAGE_API_SECRET: 'x',
        VONAGE_FROM: 'x',
        VONAGE_SIGNATURE_SECRET: 'x',
      },
      messagebird: {
        MESSAGEBIRD_ACCESS_KEY: 'x',
        MESSAGEBIRD_FROM: 'x',
        MESSAGEBIRD_SIGNING_KEY: 'x',
      },
      plivo: { PLIVO_AUTH_ID: 'x', PLIVO_AUTH_TOKEN: 'x', PLIVO_FROM: 'x' },
      aws: {
        ...AWS,
        AWS_SMS_CONFIGURATION_SET: 'set',
        AWS_SMS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:receipts',
      },
      http: {
        HTTP_SMS_URL: 'https://gateway.example',
        HTTP_SMS_BODY: '{"to": "{to}", "text": "{text}", "report": "{callback_url}"}',
        HTTP_SMS_RECEIPT_SECRET: 'r'.repeat(32),
      },
    };

    it.each(Object.entries(GATEWAYS))(
      '%s reports to an address on the internet only',
      (_, gateway) => {
        expect(
          look({
            ...gateway,
            PUBLIC_URL: 'https://accounts.example',
            VERIFICATION_PROVIDER: 'authy',
            AUTHY_KEY: 'x',
          }),
        ).toEqual([
          {
            subject: 'PUBLIC_URL',
            isGood: true,
            sentence: 'Delivery receipts come to https://accounts.example.',
          },
        ]);
        for (const address of [
          'http://127.0.0.1:3000',
          'http://localhost',
          'https://localhost',
          'https://127.1.2.3',
          'https://[::1]',
        ]) {
          expect(look({ ...gateway, PUBLIC_URL: address })).toEqual([
            {
              subject: 'PUBLIC_URL',
              isGood: false,
              sentence: `Delivery receipts cannot come to ${address}: it must be an https address that gateways can reach.`,
            },
          ]);
        }
      },
    );

    it.each<Record<string, string>>([
      { ...GATEWAYS['vonage'], VONAGE_SIGNATURE_SECRET: '' },
      { ...GATEWAYS['messagebird'], MESSAGEBIRD_SIGNING_KEY: '' },
      AWS,
      { AUTHY_KEY: 'x' },
      { TWILIO_ACCOUNT_SID: 'x', TWILIO_AUTH_TOKEN: 'x', TWILIO_VERIFY_SERVICE_SID: 'x' },
    ])('nothing, where no receipt is asked for: %p', (gateway) =>
      expect(look(gateway)).toEqual([]),
    );
  });

  describe('of TEST_NUMBERS', () => {
    const finding = (until: string, at: string) =>
      look({ TEST_NUMBERS: '+14155550100=975310', TEST_NUMBERS_UNTIL: until }, new Date(at)).map(
        ({ subject, isGood, sentence }) => `${subject} ${isGood ? 'good' : 'bad'}: ${sentence}`,
      );
    const wayOut = 'set a later TEST_NUMBERS_UNTIL, or take them out';

    it.each([
      ['', '2026-03-01T12:00:00.000Z', 'good: They have no last day.'],
      ['2026-03-31', '2026-03-01T12:00:00.000Z', 'good: Their last day is 2026-03-31.'],
      ['2026-03-31', '2026-03-24T23:59:59.999Z', 'good: Their last day is 2026-03-31.'],
      ['2026-03-31', '2026-03-25T00:00:00.000Z', `bad: Their last day is 2026-03-31: ${wayOut}.`],
      ['2026-03-31', '2026-03-31T23:59:59.999Z', `bad: Their last day is 2026-03-31: ${wayOut}.`],
      ['2026-03-31', '2026-04-01T00:00:00.000Z', `bad: Their last day was 2026-03-31: ${wayOut}.`],
    ])('until %p, at %s', (until, at, told) =>
      expect(finding(until, at)).toEqual([`TEST_NUMBERS ${told}`]),
    );
  });
});
