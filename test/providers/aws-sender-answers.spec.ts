import { awsError } from '../support/fake-aws-sms.js';
import {
  ACCESS_KEY_ID,
  makeAwsFixture,
  SECRET_ACCESS_KEY,
  type AwsFixture,
} from './aws-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const unavailable = { outcome: 'unavailable' };
const unknown = { outcome: 'unknown' };
const throttled = { outcome: 'throttled' };
const NUMBER_FIELD = 'DestinationPhoneNumber';
const SPEND_LIMIT = 'MONTHLY_SPEND_LIMIT_REACHED_FOR';
const COUNTRY_BLOCKED = 'DESTINATION_COUNTRY_BLOCKED';
const refused = (reason: string) => ({ outcome: 'refused', reason });
const about = (...names: string[]) => ({ Fields: names.map((Name) => ({ Name, Message: 'x' })) });

/** Name, what comes with it, what it means, and whether the operator is told. */
const ERRORS: readonly (readonly [string, object, object, boolean])[] = [
  ['ThrottlingException', {}, throttled, false],
  ['InternalServerException', { RequestId: 'x' }, unavailable, false],
  ['UnrecognizedClientException', {}, unavailable, true],
  ['InvalidSignatureException', {}, unavailable, true],
  ['SignatureDoesNotMatch', {}, unavailable, true],
  ['IncompleteSignature', {}, unavailable, true],
  ['IncompleteSignatureException', {}, unavailable, true],
  ['MissingAuthenticationToken', {}, unavailable, true],
  ['MissingAuthenticationTokenException', {}, unavailable, true],
  ['InvalidClientTokenId', {}, unavailable, true],
  ['ExpiredToken', {}, unavailable, true],
  ['ExpiredTokenException', {}, unavailable, true],
  ['RequestExpired', {}, unavailable, true],
  ['AccessDeniedException', {}, unavailable, true],
  ['AccessDeniedException', { Reason: 'ACCOUNT_DISABLED' }, unavailable, true],
  ['AccessDeniedException', { Reason: 'INSUFFICIENT_ACCOUNT_REPUTATION' }, unavailable, true],
  ['ResourceNotFoundException', { ResourceType: 'phone-number' }, unavailable, true],
  ['ServiceQuotaExceededException', {}, unavailable, true],
  ['ServiceQuotaExceededException', { Reason: `${SPEND_LIMIT}_TEXT` }, unavailable, true],
  ['ServiceQuotaExceededException', { Reason: `${SPEND_LIMIT}_VOICE` }, unavailable, true],
  ['ServiceQuotaExceededException', { Reason: 'DAILY_DESTINATION_CALL_LIMIT' }, throttled, false],
  [
    'ConflictException',
    { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' },
    refused('opted_out'),
    false,
  ],
  [
    'ConflictException',
    { Reason: `${COUNTRY_BLOCKED}_BY_PROTECT_CONFIGURATION` },
    refused('unsupported_country'),
    false,
  ],
  [
    'ConflictException',
    { Reason: 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE' },
    refused('blocked'),
    false,
  ],
  ['ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED' }, unavailable, true],
  ['ConflictException', { Reason: 'NO_ORIGINATION_IDENTITIES_FOUND' }, unavailable, true],
  ['ConflictException', { Reason: 'MESSAGE_TYPE_MISMATCH' }, unavailable, true],
  ['ConflictException', {}, unavailable, true],
  ['ValidationException', { Reason: COUNTRY_BLOCKED }, refused('unsupported_country'), false],
  ['ValidationException', { Reason: 'COUNTRY_NOT_ENABLED' }, refused('unsupported_country'), false],
  [
    'ValidationException',
    { Reason: 'FIELD_VALIDATION_FAILED', ...about(NUMBER_FIELD) },
    refused('invalid_number'),
    false,
  ],
  [
    'ValidationException',
    { Reason: 'INVALID_PARAMETER', ...about('destinationPhoneNumber') },
    refused('invalid_number'),
    false,
  ],
  ['ValidationException', about(NUMBER_FIELD, 'MessageBody'), unavailable, true],
  ['ValidationException', about('OriginationIdentity'), unavailable, true],
  [
    'ValidationException',
    { Reason: 'FIELD_VALIDATION_FAILED', Fields: NUMBER_FIELD },
    unavailable,
    true,
  ],
  ['ValidationException', { Reason: [COUNTRY_BLOCKED] }, unavailable, true],
  [
    'ValidationException',
    { Reason: 'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY' },
    unavailable,
    true,
  ],
  ['ValidationException', { Reason: 'PRICE_OVER_THRESHOLD' }, unavailable, true],
  ['SomethingNewException', { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }, unavailable, false],
  ['constructor', {}, unavailable, false],
];

describe('What AWS answers', () => {
  let fixture: AwsFixture;
  beforeEach(async () => {
    fixture = await makeAwsFixture();
  });
  afterEach(() => fixture.close?.());

  const send = () => fixture.sender.send(messageTo('+14155550100'));
  const answerWith = (status: number, body: object | string, headers = {}) =>
    fixture.fake.fail({ answer: { status, body, headers } });

  it.each(ERRORS)('%s %j: %j, told: %j', async (name, rest, result, isTold) => {
    fixture.fake.fail({ answer: awsError(name, rest) });
    expect(await send()).toEqual(result);
    expect(await fixture.sender.send(messageTo('+14155550100', { channel: 'call' }))).toEqual(
      result,
    );
    expect(fixture.sentences()).toHaveLength(isTold ? 2 : 0);
    const said = fixture.sentences().join();
    for (const secret of [SECRET_ACCESS_KEY, ACCESS_KEY_ID.slice(2), '012345', '4155550100'])
      expect(said).not.toContain(secret);
  });

  it.each([
    'ThrottlingException',
    'x.y#ThrottlingException',
    'ThrottlingException:http://internal.amazon.com/coral/x.y/',
  ])('finds the name in %j, in the body or in a header', async (name) => {
    answerWith(400, { __type: name });
    expect(await send()).toEqual(throttled);
    answerWith(400, {}, { 'x-amzn-ErrorType': name });
    expect(await send()).toEqual(throttled);
  });

  it('reads a limit with its wait', async () => {
    answerWith(400, { __type: 'ThrottlingException' }, { 'Retry-After': '7' });
    expect(await send()).toEqual({ outcome: 'throttled', retryAfter: 7 });
  });

  it.each([
    [200, {}],
    [200, { MessageId: null }],
    [200, { MessageId: true }],
    [200, { MessageId: 7 }],
    [200, { MessageId: '' }],
    [200, { MessageId: 'x'.repeat(65) }],
    [200, [{ MessageId: 'id' }]],
    [200, '"id"'],
    [200, '{"MessageId":"id"'],
    [200, { __type: 'ThrottlingException' }],
    [200, { __type: 'ConflictException', Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }],
    [201, { MessageId: 'id' }],
    [204, ''],
    [502, '<html>'],
    [504, { message: 'Endpoint request timed out' }],
  ])('is not sure that nothing was sent, nor that it was: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unknown);
  });

  it.each([
    [301, { MessageId: 'id' }],
    [302, { __type: 'ConflictException', Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }],
    [400, ''],
    [404, '<UnknownOperationException/>'],
    [413, {}],
    [500, { MessageId: 'id' }],
    [503, ''],
  ])('is sure that nothing was sent, and blames no number: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences()).toEqual([]);
  });

  it.each([401, 403])('takes %d for a bad key', async (status) => {
    answerWith(status, '');
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences().join()).toContain(
      'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and our clock',
    );
  });

  describe('to a probe', () => {
    const probe = () => fixture.sender.probe();
    const tier = (...values: string[]) => ({
      AccountAttributes: values.map((Value) => ({ Name: 'ACCOUNT_TIER', Value })),
    });

    it('is good, and sends nothing', async () => {
      expect(await probe()).toEqual({ isGood: true, sentence: 'AWS accepts our credentials.' });
      expect(fixture.fake.messages).toEqual([]);
      expect(fixture.fake.requests[0]?.headers['x-amz-target']).toBe(
        'PinpointSMSVoiceV2.DescribeAccountAttributes',
      );
    });

    it.each([
      [tier('PRODUCTION'), true, 'accepts'],
      [{ AccountAttributes: [] }, true, 'accepts'],
      [tier('SANDBOX'), false, 'sandbox'],
      [{}, false, 'do not understand (HTTP 200)'],
      ['<html>', false, 'do not understand (HTTP 200)'],
    ])('%j: %j, %s', async (body, isGood, words) => {
      answerWith(200, body, { Date: fixture.clock.now().toUTCString() });
      expect(await probe()).toEqual({ isGood, sentence: expect.stringContaining(words) as string });
    });

    it.each([
      [
        'InvalidSignatureException',
        {},
        'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and our clock',
      ],
      ['AccessDeniedException', {}, 'allow sms-voice:DescribeAccountAttributes'],
      ['AccessDeniedException', { Reason: 'ACCOUNT_DISABLED' }, 'closed our account'],
      ['ThrottlingException', {}, 'do not understand (HTTP 400)'],
    ])('%s %j: %s', async (name, rest, words) => {
      fixture.fake.fail({
        answer: { ...awsError(name, rest), headers: { Date: fixture.clock.now().toUTCString() } },
      });
      expect(await probe()).toEqual({
        isGood: false,
        sentence: expect.stringContaining(words) as string,
      });
    });

    it('blames the clock before the keys', async () => {
      const answer = awsError('InvalidSignatureException');
      fixture.fake.fail({
        answer: { ...answer, headers: { Date: 'Sun, 01 Mar 2026 12:20:00 GMT' } },
      });
      const sentence =
        'Our clock and that of AWS End User Messaging differ by 20 minutes: set ours right.';
      expect(await probe()).toEqual({ isGood: false, sentence });
    });

    it('knows a gateway out of reach, and a wrong secret', async () => {
      expect((await fixture.connect({ isStranger: true }).probe()).sentence).toContain(
        'does not accept our signature',
      );
      expect(await fixture.connect({ url: 'http://aws.invalid' }).probe()).toEqual({
        isGood: false,
        sentence: 'AWS End User Messaging cannot be reached: check the network and AWS_REGION.',
      });
    });
  });
});
