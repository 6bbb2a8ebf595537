import { signedHeaders } from '../../src/messaging/vendors/aws/aws.sender.js';
import { signatureOf } from '../support/fake-aws-sms.signature.js';
import { REGION, SECRET_ACCESS_KEY, SETTINGS } from './aws-sender.fixture.js';

/** The secret and the requests of AWS' Signature Version 4 test suite. */
describe("The test server's own signature", () => {
  const request = {
    path: '/',
    headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' },
    signedHeaders: ['host', 'x-amz-date'],
    body: '',
    region: 'us-east-1',
    service: 'service',
  };

  it.each([
    ['GET', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['POST', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ])('agrees with get-vanilla and post-vanilla: %s', (method, signature) => {
    expect(signatureOf({ ...request, method }, SECRET_ACCESS_KEY)).toBe(signature);
  });

  it('agrees with post-x-www-form-urlencoded', () => {
    const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
    const signature = signatureOf(
      {
        ...request,
        method: 'POST',
        headers,
        signedHeaders: ['x-amz-date', 'content-type', 'host'],
        body: 'Param1=value1',
      },
      SECRET_ACCESS_KEY,
    );
    expect(signature).toBe('ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a');
  });
});

describe('signedHeaders', () => {
  const call = {
    url: new URL('https://sms-voice.eu-central-1.amazonaws.com/'),
    action: 'SendTextMessage',
    body: '{}',
    now: new Date('2026-03-01T12:00:00.123Z'),
  };

  it('names the operation, the time and the host, and signs them', () => {
    const headers = signedHeaders(call, SETTINGS);
    expect(headers).toMatchObject({
      Host: 'sms-voice.eu-central-1.amazonaws.com',
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': 'PinpointSMSVoiceV2.SendTextMessage',
      'X-Amz-Date': '20260301T120000Z',
    });
    const [, credential, signed = '', signature] =
      /Credential=([^,]+), SignedHeaders=([^,]+), Signature=(.+)$/.exec(
        headers['Authorization'] ?? '',
      ) ?? [];
    expect(credential).toBe('AKIDEXAMPLE/20260301/eu-central-1/sms-voice/aws4_request');
    const flat = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const request = {
      method: 'POST',
      path: '/',
      headers: flat,
      body: call.body,
      region: REGION,
      service: 'sms-voice',
    };
    expect(signature).toBe(
      signatureOf({ ...request, signedHeaders: signed.split(';') }, SECRET_ACCESS_KEY),
    );
  });

  it('signs body, host, path, operation and time', () => {
    const signature = ({ AWS_REGION = REGION, ...change }: { AWS_REGION?: string }) =>
      signedHeaders({ ...call, ...change }, { ...SETTINGS, AWS_REGION })['Authorization'];
    const changes = [
      {},
      { body: '{ }' },
      { url: new URL('https://sms-voice.eu-west-1.amazonaws.com/') },
      { url: new URL('https://sms-voice.eu-central-1.amazonaws.com/path') },
      { url: new URL('https://sms-voice.eu-central-1.amazonaws.com:8443/') },
      { action: 'SendVoiceMessage' },
      { now: new Date('2026-03-01T12:00:01Z') },
      { AWS_REGION: 'eu-west-1' },
    ];
    expect(new Set(changes.map(signature)).size).toBe(changes.length);
  });

  it('takes no key from the environment', () => {
    const { AWS_ACCESS_KEY_ID: before } = process.env;
    process.env['AWS_ACCESS_KEY_ID'] = 'FROM-THE-ENVIRONMENT';
    expect(
      signedHeaders(call, { ...SETTINGS, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' })[
        'Authorization'
      ],
    ).not.toContain('FROM-THE-ENVIRONMENT');
    if (before === undefined) delete process.env['AWS_ACCESS_KEY_ID'];
    else process.env['AWS_ACCESS_KEY_ID'] = before;
  });
});
