import { AUTH_TOKEN, makePlivoFixture, type PlivoFixture } from './plivo-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const unavailable = { outcome: 'unavailable' };
const unknown = { outcome: 'unknown' };
const refused = (reason: string) => ({ outcome: 'refused', reason });

const ID = '5b40a428-bfc7-4daf-9d06-726c558bf3b8';

describe('What Plivo answers', () => {
  let fixture: PlivoFixture;
  beforeEach(async () => {
    fixture = await makePlivoFixture();
  });
  afterEach(() => fixture.close?.());

  const send = () => fixture.sender.send(messageTo('+14155550100'));
  const answerWith = (status: number, body: object | string, headers = {}) =>
    fixture.fake.fail({ answer: { status, body, headers } });

  it.each([
    ['dst is invalid', 'invalid_number'],
    [{ dst: ['Enter a valid number.'] }, 'invalid_number'],
    ['14155550100 is not a valid phone number', 'invalid_number'],
    ['Invalid destination number', 'invalid_number'],
    ['Destination country is not enabled', 'unsupported_country'],
    ['Messages to this region are blocked by Geo Permissions', 'unsupported_country'],
  ])('%j is about the number: %s', async (error, reason) => {
    for (const status of [400, 403]) {
      answerWith(status, { api_id: 'x', error });
      expect(await send()).toEqual(refused(reason));
    }
    expect(fixture.sentences()).toEqual([]);
  });

  it.each([
    [400, 'src is invalid', 'PLIVO_FROM'],
    [400, 'src and destination number overlap', 'PLIVO_FROM'],
    [400, 'This caller ID is not allowed for outbound message.', 'PLIVO_FROM'],
    [400, 'powerpack_uuid not found', 'PLIVO_FROM'],
    [400, 'url is not a valid address', 'PUBLIC_URL'],
    [400, 'Insufficient credits to reach this destination', 'credit'],
    [402, '', 'credit'],
    [403, 'Account is not verified', 'Geo Permissions'],
    [403, '', 'Geo Permissions'],
    [401, 'dst is invalid', 'PLIVO_AUTH_TOKEN'],
    [404, 'destination not found', 'PLIVO_AUTH_ID'],
  ])('%d %j is told to the operator (%s), without a secret', async (status, error, word) => {
    answerWith(status, { api_id: `${AUTH_TOKEN} 14155550100`, error });
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences()).toHaveLength(1);
    expect(fixture.sentences()[0]).toContain(word);
    for (const secret of [AUTH_TOKEN, '012345', '4155550100'])
      expect(fixture.sentences()[0]).not.toContain(secret);
  });

  it('knows a number that was left out', async () => {
    answerWith(202, { message_uuid: [], invalid_number: ['14155550100'] });
    expect(await send()).toEqual(refused('invalid_number'));
  });

  it.each([
    [200, { message_uuid: [ID] }],
    [202, {}],
    [202, { message_uuid: [] }],
    [202, { message_uuid: ID }],
    [202, { message_uuid: true }],
    [202, { message_uuid: [true] }],
    [202, { message_uuid: [''] }],
    [202, { message_uuid: ['x'.repeat(65)] }],
    [202, { message_uuid: [ID, ID] }],
    [202, { message_uuid: [ID], invalid_number: ['14155550100'] }],
    [202, { message_uuid: [ID], error: 'dst is invalid' }],
    [202, { message_uuid: [ID], error: null }],
    [202, [{ message_uuid: [ID] }]],
    [202, `{"message_uuid":["${ID}"]`],
    [204, ''],
    [502, { message_uuid: [ID] }],
    [504, ''],
  ])('is not sure that nothing was sent, nor that it was: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unknown);
  });

  it.each([
    [302, { message_uuid: [ID] }],
    [400, { message_uuid: [ID] }],
    [400, '<h1>Bad Request: dst</h1>'],
    [400, { error: 'text is too long' }],
    [405, { error: 'dst is invalid' }],
    [500, { error: 'dst is invalid' }],
    [503, ''],
  ])('is sure that nothing was sent, and blames no number: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences()).toEqual([]);
  });

  it('waits as long as Plivo says', async () => {
    answerWith(429, { error: 'rate limit of destination' }, { 'Retry-After': '7' });
    expect(await send()).toEqual({ outcome: 'throttled', retryAfter: 7 });
  });
});
