import type { HttpGatewayEnvironment } from '../../src/messaging/vendors/http/http-gateway.js';
import {
  senderWith,
  KEY,
  makeHttpFixture,
  RECEIPT_SECRET,
  settingsFor,
  type HttpFixture,
} from './http-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const sent = { outcome: 'sent' };
const unavailable = { outcome: 'unavailable' };
const unknown = { outcome: 'unknown' };
const refused = (reason: string) => ({ outcome: 'refused', reason });

describe('What a gateway answers', () => {
  let fixture: HttpFixture;
  beforeEach(async () => {
    fixture = await makeHttpFixture();
  });
  afterEach(() => fixture.close?.());

  const answerWith = (status: number, body: object | string, headers = {}) =>
    fixture.fake.fail({ answer: { status, body, headers } });
  const send = () => fixture.sender.send(messageTo('+14155550100'));
  const sendBy = (change: Partial<HttpGatewayEnvironment>) => {
    const settings = settingsFor(fixture.fake.url, {
      HTTP_SMS_REASONS: undefined,
      HTTP_SMS_ID: undefined,
      ...change,
    });
    return senderWith(settings, { clock: fixture.clock }).send(messageTo('+14155550100'));
  };

  it.each([
    ['/ok=true', { ok: true }],
    ['/ok=false', { ok: false }],
    ['/status=0', { status: 0 }],
    ['/status="0"', { status: '0' }],
    ['/status=queued', { status: 'queued' }],
    ['/status=a=b', { status: 'a=b' }],
    ['/status=', { status: '' }],
    ['/error=null', { error: null }],
    ['/messages/0/status=0', { messages: [{ status: 0 }] }],
    ['/id', { id: 'x' }],
    ['/id', { id: 0 }],
    ['/id', { id: [] }],
  ])('a success told by %s is %j, with any 2xx', async (HTTP_SMS_SUCCESS, body) => {
    for (const status of [200, 201, 202, 299]) {
      answerWith(status, body);
      expect(await sendBy({ HTTP_SMS_SUCCESS })).toEqual(sent);
    }
  });

  it.each([
    ['/ok=true', { ok: 'true' }],
    ['/ok=true', { ok: 1 }],
    ['/ok=true', { ok: null }],
    ['/ok=true', {}],
    ['/ok=true', [{ ok: true }]],
    ['/ok=true', '{"ok":true'],
    ['/ok=true', 'true'],
    ['/ok=true', ''],
    ['/status=0', { status: '0' }],
    ['/status="0"', { status: 0 }],
    ['/status=queued', { status: 'Queued' }],
    ['/status=queued', { status: true }],
    ['/error=null', {}],
    ['/id', {}],
    ['/id', { id: null }],
    ['/id', { id: '' }],
    ['/id', { id: false }],
    ['/length', 'OK'],
  ])('what is told by %s is not sure with %j', async (HTTP_SMS_SUCCESS, body) => {
    answerWith(200, body);
    expect(await sendBy({ HTTP_SMS_SUCCESS })).toEqual(unknown);
  });

  it('is sure of the exact opposite of true or false only', async () => {
    answerWith(200, { ok: false });
    expect(await sendBy({})).toEqual(unavailable);
    answerWith(200, { failed: true });
    expect(await sendBy({ HTTP_SMS_SUCCESS: '/failed=false' })).toEqual(unavailable);
  });

  it('takes any 2xx for a success where the settings name none', async () => {
    for (const body of ['OK', '', '<h1>Thanks</h1>', { ok: false }]) {
      answerWith(200, body);
      expect(await sendBy({ HTTP_SMS_SUCCESS: undefined })).toEqual(sent);
    }
  });

  it.each([
    ['21', 'invalid_number'],
    [21, 'invalid_number'],
    ['22', 'landline'],
    ['23', 'unsupported_country'],
    ['24', 'unreachable'],
    ['25', 'opted_out'],
    ['26', 'blocked'],
  ])('code %j means %s, whatever the status', async (code, reason) => {
    for (const status of [200, 400, 401, 404, 429, 500]) {
      answerWith(status, { ok: true, error: { code } });
      expect(await send()).toEqual(refused(reason));
    }
    expect(fixture.sentences()).toEqual([]);
  });

  it.each([20, 'constructor', null, {}, ['21'], '021'])(
    'code %j means nothing of its own',
    async (code) => {
      answerWith(200, { ok: true, error: { code } });
      expect(await send()).toEqual(sent);
      answerWith(400, { ok: true, error: { code } });
      expect(await send()).toEqual(unavailable);
    },
  );

  it("knows words that are about now, or about nobody's number", async () => {
    const HTTP_SMS_REASONS = '/error;LIMIT=throttled;DOWN=unavailable;true=blocked';
    answerWith(200, { error: 'LIMIT' }, { 'Retry-After': '9' });
    expect(await sendBy({ HTTP_SMS_REASONS })).toEqual({ outcome: 'throttled', retryAfter: 9 });
    answerWith(200, { ok: true, error: 'DOWN' });
    expect(await sendBy({ HTTP_SMS_REASONS })).toEqual(unavailable);
    answerWith(200, { ok: true, error: true });
    expect(await sendBy({ HTTP_SMS_REASONS })).toEqual(refused('blocked'));
  });

  it.each([
    [401, 'credentials'],
    [403, 'credentials'],
    [402, 'paid'],
    [404, 'HTTP_SMS_URL'],
    [405, 'HTTP_SMS_METHOD'],
    [415, 'Content-Type'],
  ])('%d is told to the operator (%s), without a secret', async (status, word) => {
    answerWith(status, { ok: true, error: { message: `${KEY} 14155550100` } });
    expect(await send()).toEqual(unavailable);
    expect(fixture.sentences()).toHaveLength(1);
    expect(fixture.sentences()[0]).toContain(word);
    for (const secret of [KEY, RECEIPT_SECRET, '012345', '4155550100'])
      expect(fixture.sentences()[0]).not.toContain(secret);
  });

  it.each([302, 304, 400, 409, 500, 503])(
    '%d is a no, whatever it says, and no alarm',
    async (status) => {
      answerWith(status, status === 304 ? '' : { ok: true });
      expect(await send()).toEqual(unavailable);
      expect(fixture.sentences()).toEqual([]);
    },
  );

  it.each([502, 504])('%d may be of somebody on the way: not sure', async (status) => {
    answerWith(status, { ok: true });
    expect(await send()).toEqual(unknown);
  });

  it.each([
    ['abc-1', 'abc-1'],
    [17, '17'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), undefined],
    ['', undefined],
    ['a b', undefined],
    ['é', undefined],
    [null, undefined],
    [{}, undefined],
  ])('an id of %j is %j', async (id, reference) => {
    answerWith(200, { ok: true, id });
    expect(await sendBy({ HTTP_SMS_ID: '/id' })).toEqual({ outcome: 'sent', reference });
  });
});
