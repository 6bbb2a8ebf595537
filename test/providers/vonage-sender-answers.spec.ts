import { messageTo } from './vendor-gateway.fixture.js';
import {
  API_KEY,
  API_SECRET,
  makeVonageFixture,
  type VonageFixture,
} from './vonage-sender.fixture.js';

const unavailable = { outcome: 'unavailable' };
const unknown = { outcome: 'unknown' };
const throttled = { outcome: 'throttled' };

const MEANINGS: Readonly<Record<string, object>> = {
  '1': throttled,
  '2': unavailable,
  '3': unavailable,
  '4': unavailable,
  '5': unavailable,
  '6': unavailable,
  '7': { outcome: 'refused', reason: 'blocked' },
  '8': unavailable,
  '9': unavailable,
  '10': throttled,
  '11': unavailable,
  '12': unavailable,
  '13': unavailable,
  '14': unavailable,
  '15': unavailable,
  '22': unavailable,
  '23': unavailable,
  '29': unavailable,
  '32': unavailable,
  '33': { outcome: 'refused', reason: 'unreachable' },
  '99': unknown,
  '': unknown,
  '00': unknown,
  ' 0': unknown,
};
const ALARMING = ['2', '3', '4', '8', '9', '11', '12', '14', '15', '23', '29', '32'];

describe('What Vonage answers', () => {
  let fixture: VonageFixture;
  beforeEach(async () => {
    fixture = await makeVonageFixture();
  });
  afterEach(() => fixture.close?.());

  const send = () => fixture.sender.send(messageTo('+14155550100'));
  const answerWith = (status: number, body: object | string) =>
    fixture.fake.fail({ answer: { status, body } });
  const parts = (...statuses: unknown[]) => ({
    'message-count': `${statuses.length}`,
    messages: statuses.map((status) => ({
      to: '14155550100',
      status,
      'message-id': '0A0000000123ABCD1',
    })),
  });

  describe.each(Object.keys(MEANINGS))('status %j', (status) => {
    it(`means ${JSON.stringify(MEANINGS[status])}`, async () => {
      answerWith(200, parts(status));
      expect(await send()).toEqual(MEANINGS[status]);
      answerWith(200, parts(status, status));
      expect(await send()).toEqual(MEANINGS[status]);
    });

    it('is told to the operator only when they can help, without a secret', async () => {
      answerWith(200, parts(status));
      await send();
      expect(fixture.sentences()).toHaveLength(ALARMING.includes(status) ? 1 : 0);
      const said = fixture.sentences().join();
      for (const secret of [API_KEY, API_SECRET, '012345', '4155550100'])
        expect(said).not.toContain(secret);
    });
  });

  it('is sure of several messages only when all went the same way', async () => {
    answerWith(200, parts('0', '0'));
    expect(await send()).toEqual({ outcome: 'sent', reference: '0A0000000123ABCD1', segments: 2 });
    for (const mixed of [
      ['0', '1'],
      ['7', '0'],
      ['0', '9'],
    ]) {
      answerWith(200, parts(...mixed));
      expect(await send()).toEqual(unknown);
    }
    expect(fixture.sentences()).toHaveLength(1);
    answerWith(200, parts('7', '5'));
    expect(await send()).toEqual(unavailable);
  });

  it.each([
    [200, {}],
    [200, { messages: [] }],
    [200, { 'message-count': '0', messages: [] }],
    [200, { 'message-count': '2', messages: [{ status: '0' }] }],
    [200, { messages: [{ status: '0' }] }],
    [200, { 'message-count': '1', messages: { status: '0' } }],
    [200, { 'message-count': '1', messages: [{ status: 0 }] }],
    [200, { 'message-count': '1', messages: [{ status: true }] }],
    [200, { 'message-count': '1', messages: [null] }],
    [200, { 'message-count': '1', messages: ['0'] }],
    [200, [parts('0')]],
    [200, 'OK'],
    [200, '{"message-count":"1","messages":[{"status":"0"}]'],
    [201, parts('0')],
    [202, parts('0')],
    [204, ''],
    [502, parts('0')],
    [504, ''],
  ])('is not sure that nothing was sent, nor that it was: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unknown);
  });

  it.each([
    [302, parts('0')],
    [400, parts('7')],
    [404, '<h1>Not Found</h1>'],
    [500, parts('0')],
    [503, ''],
  ])('is sure that nothing was sent, and blames no number: %d %j', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toEqual(unavailable);
  });

  it.each([401, 403])('takes %d for bad credentials', async (status) => {
    answerWith(status, '');
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences().join()).toContain('check VONAGE_API_KEY and VONAGE_API_SECRET');
  });

  it.each([
    {},
    { 'message-id': null },
    { 'message-id': 7 },
    { 'message-id': '' },
    { 'message-id': 'x'.repeat(65) },
  ])('does without an id: %j', async (id) => {
    answerWith(200, { 'message-count': '1', messages: [{ status: '0', ...id }] });
    expect(await send()).toEqual({ outcome: 'sent', reference: undefined, segments: 1 });
  });
});
