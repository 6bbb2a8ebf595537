import fc from 'fast-check';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';
import { VonageSender } from '../../src/messaging/vendors/vonage/vonage.sender.js';
import { FakeClock } from '../support/fake-clock.js';
import { deliver, receiptOf, sign, type Way } from '../support/fake-vonage.receipts.js';
import { SIGNATURE_SECRET, SETTINGS } from './vonage-sender.fixture.js';

const reference = 'AAECAwQFBgcICQoLDA0ODw';
const WAYS: readonly Way[] = ['GET', 'POST form', 'POST JSON'];

describe('Receipts of Vonage', () => {
  const clock = new FakeClock();
  const now = clock.now();
  const sender = new VonageSender(SETTINGS, { clock });

  const is = (status: string, reason?: string) => [{ reference, status, reason }];
  const genuine = (change = {}, way: Way = 'POST JSON', at = now) =>
    deliver(sign(receiptOf(change), SIGNATURE_SECRET, at), way, now);
  const tampered = (params: Record<string, string>, way: Way = 'POST JSON') =>
    sender.receipts(deliver(params, way, now));

  it("agrees with the vector of Vonage's own client (vonage-ruby-sdk, signature_test, sha256)", () => {
    const params = {
      'message-timestamp': '2013-11-21 15:27:30',
      messageId: '020000001B0FE827',
      msisdn: '14843472194',
      text: 'Test again',
      timestamp: '1385047698',
      to: '13239877404',
      type: 'text',
      sig: 'DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330',
    };
    const then = new Date(1_385_047_698_000);
    for (const way of WAYS) expect(sender.receipts(deliver(params, way, then))).toEqual([]);
    expect(sender.receipts(deliver({ ...params, text: 'Test' }, 'GET', then))).toBeNull();
  });

  it.each(WAYS)('takes a genuine one by %s', (way) => {
    expect(sender.receipts(genuine({}, way))).toEqual(is('delivered'));
  });

  it.each([
    ['accepted', 'sent'],
    ['buffered', 'sent'],
    ['delivered', 'delivered'],
    ['unknown', 'unknown'],
    ['something-new', 'unknown'],
    ['constructor', 'unknown'],
  ])('status %s is %s, without a reason', (status, ours) => {
    expect(sender.receipts(genuine({ status, 'err-code': '1' }))).toEqual(is(ours));
  });

  it.each([
    ['failed', 'failed'],
    ['rejected', 'failed'],
    ['expired', 'expired'],
  ])('status %s is %s, with its code', (status, ours) => {
    expect(sender.receipts(genuine({ status, 'err-code': '5' }))).toEqual(is(ours, '5'));
    expect(sender.receipts(genuine({ status, 'err-code': '14155550100' }))).toEqual(is(ours));
  });

  it('knows & and = in values', () => {
    expect(sender.receipts(genuine({ to: 'A&B=C' }, 'POST form'))).toHaveLength(1);
  });

  it('reads numbers in JSON as they are written there', () => {
    const { price: _, ...params } = sign(
      { ...receiptOf(), price: '0.0333' },
      SIGNATURE_SECRET,
      now,
    );
    const request = deliver(params, 'POST JSON', now);
    const body = Buffer.from(JSON.stringify({ ...params, price: 0.0333 }));
    expect(sender.receipts({ ...request, body })).toHaveLength(1);
  });

  it('takes the same one twice, and any order, for each stands for itself', () => {
    const request = genuine();
    expect(sender.receipts(request)).toEqual(sender.receipts(request));
    const earlier = genuine({ status: 'accepted' }, 'POST JSON', new Date(now.getTime() - 60_000));
    expect(sender.receipts(earlier)).toMatchObject([{ status: 'sent' }]);
  });

  it('is signed, but not ours: nothing', () => {
    for (const ref of ['', 'x', `${reference}A`, `${reference}\n`]) {
      expect(sender.receipts(genuine({ 'client-ref': ref }))).toEqual([]);
    }
    const { 'client-ref': _, ...params } = receiptOf();
    expect(tampered(sign(params, SIGNATURE_SECRET, now))).toEqual([]);
  });

  it('refuses the unsigned, the forged and the changed', () => {
    const signed = sign(receiptOf({ status: 'failed' }), SIGNATURE_SECRET, now);
    const { sig, ...unsigned } = signed;
    for (const way of WAYS) {
      expect(tampered(unsigned, way)).toBeNull();
      expect(tampered({ ...unsigned, sig: '' }, way)).toBeNull();
      expect(tampered({ ...unsigned, sig: `${sig}00` }, way)).toBeNull();
      expect(tampered({ ...signed, status: 'delivered' }, way)).toBeNull();
      expect(tampered({ ...signed, 'client-ref': 'AAAAAAAAAAAAAAAAAAAAAA' }, way)).toBeNull();
      expect(tampered({ ...signed, extra: '1' }, way)).toBeNull();
      expect(tampered(sign(receiptOf(), 'another secret', now), way)).toBeNull();
    }
  });

  it('refuses another place in the request than the signed one', () => {
    const request = genuine({}, 'POST form');
    expect(
      sender.receipts({ ...request, url: `https://accounts.example.com/other?status=failed` }),
    ).toHaveLength(1);
    expect(sender.receipts({ ...request, method: 'GET' })).toBeNull();
    expect(sender.receipts({ ...genuine({}, 'GET'), method: 'POST' })).toBeNull();
  });

  it.each([
    [300_000, true],
    [301_000, false],
    [-300_000, true],
    [-301_000, false],
  ])('made %d ms ago: %j', (age, isTaken) => {
    const request = genuine({}, 'POST JSON', new Date(now.getTime() - age));
    expect(sender.receipts(request) !== null).toBe(isTaken);
  });

  const nowInSeconds = now.getTime() / 1000;
  const oddTimes = [
    '',
    'soon',
    `${now.getTime()}`,
    `${nowInSeconds}.5`,
    ` ${nowInSeconds}`,
    '-1',
    '1e9',
    '9999999999999',
    'NaN',
  ];
  it.each(oddTimes)('refuses a signed time of %j', (timestamp) => {
    expect(sender.receipts(genuine({ timestamp }))).toBeNull();
  });

  it('believes nobody without a secret', () => {
    for (const VONAGE_SIGNATURE_SECRET of [undefined, '']) {
      const believer = new VonageSender({ ...SETTINGS, VONAGE_SIGNATURE_SECRET }, { clock });
      expect(believer.receipts(genuine())).toBeNull();
      expect(believer.receipts(deliver(sign(receiptOf(), '', now), 'POST JSON', now))).toBeNull();
    }
  });

  it('takes no nonsense, and never throws', () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('[]', 'null', '{"sig":{}}', '{"sig":"","__proto__":{}}'),
    );
    const types = fc.constantFrom(
      undefined,
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
    );
    fc.assert(
      fc.property(bodies, types, fc.constantFrom('GET', 'POST', 'PUT'), (body, type, method) => {
        const request: ReceiptRequest = {
          ...genuine(),
          method,
          headers: { 'content-type': type },
          body: Buffer.from(body),
        };
        expect(sender.receipts(request)).toBeNull();
      }),
    );
  });
});
