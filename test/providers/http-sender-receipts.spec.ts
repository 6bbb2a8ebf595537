import fc from 'fast-check';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';
import { FakeClock } from '../support/fake-clock.js';
import {
  CALLBACK_URL,
  deliver,
  signatureOf,
  type Delivery,
} from '../support/fake-http-gateway.receipts.js';
import { senderWith, RECEIPT_SECRET, settingsFor } from './http-sender.fixture.js';

const reference = 'AAECAwQFBgcICQoLDA0ODw';

describe('Receipts of a gateway', () => {
  const clock = new FakeClock();
  const now = clock.now();
  const senderBy = (change = {}) =>
    senderWith(settingsFor('https://gateway.example', change), { clock });
  const sender = senderBy();

  const is = (status: string, reason?: string) => [{ reference, status, reason }];
  const by = (fields: object, change: Partial<Delivery> = {}) =>
    deliver(fields, { secret: RECEIPT_SECRET, now, ...change });
  const take = (fields: object, change: Partial<Delivery> = {}) =>
    sender.receipts?.(by(fields, change));
  const changed = (
    request: ReceiptRequest,
    headers: ReceiptRequest['headers'],
  ): ReceiptRequest => ({
    ...request,
    headers: { ...request.headers, ...headers },
  });

  it('agrees with a signature made by another tool (openssl dgst -sha256 -hmac)', () => {
    const at = new Date(1_772_366_400_000);
    const headers = {
      'content-type': 'application/json',
      'x-timestamp': '1772366400',
      'x-signature': 'sha256=7e5eadf5e196157267e85151aae984869c6ec32e64ba3465dfd80292ab5a6063',
    };
    const body = Buffer.from('{"status":"delivered"}');
    expect(
      sender.receipts?.({ method: 'POST', url: CALLBACK_URL, headers, body, now: at }),
    ).toEqual(is('delivered'));
  });

  it.each([false, true])('takes a genuine one (as a form: %j)', (form) => {
    expect(take({ status: 'delivered' }, { form })).toEqual(is('delivered'));
    const failure = { status: 'failed', reason: 'absent subscriber', reference };
    expect(take(failure, { form })).toEqual(is('failed', 'absent_subscriber'));
  });

  it.each([
    ['queued', 'queued'],
    ['ACCEPTD', 'queued'],
    ['pending', 'queued'],
    ['Sent', 'sent'],
    ['ENROUTE', 'sent'],
    ['buffered', 'sent'],
    ['delivered', 'delivered'],
    ['DELIVRD', 'delivered'],
    ['read', 'delivered'],
    ['failed', 'failed'],
    ['UNDELIV', 'failed'],
    ['REJECTD', 'failed'],
    ['EXPIRED', 'expired'],
    [' delivered ', 'delivered'],
    ['UNKNOWN', 'unknown'],
    ['great', 'unknown'],
    ['constructor', 'unknown'],
    [7, 'unknown'],
    ['', 'unknown'],
  ])('status %j is %s', (status, ours) => {
    expect(take({ status })).toEqual(is(ours));
  });

  it("knows the gateway's own words before the usual ones", () => {
    const own = senderBy({ HTTP_SMS_STATUSES: '1=delivered;2=failed; sent = delivered' });
    expect(
      [1, '2', 'sent', 'SENT', 'queued'].map(
        (status) => own.receipts?.(by({ status }))?.[0]?.status,
      ),
    ).toEqual(['delivered', 'failed', 'delivered', 'sent', 'queued']);
  });

  it('tells a reason for a failure only, and no phone number', () => {
    expect(take({ status: 'expired', reason: 7 })).toEqual(is('expired', '7'));
    expect(take({ status: 'delivered', reason: 'ok' })).toEqual(is('delivered'));
    for (const reason of ['14155550100', 'to +14155550100', 'x'.repeat(41), {}, null, '']) {
      expect(take({ status: 'failed', reason })).toEqual(is('failed'));
    }
  });

  it('takes the same one twice, and any order, for each stands for itself', () => {
    const request = by({ status: 'delivered' });
    expect(sender.receipts?.(request)).toEqual(sender.receipts?.(request));
    expect(take({ status: 'sent' }, { signedAt: new Date(now.getTime() - 60_000) })).toEqual(
      is('sent'),
    );
  });

  it('is signed, but says nothing of a message of ours: nothing', () => {
    for (const fields of [{}, { state: 'delivered' }, { status: null }, { status: {} }, []])
      expect(take(fields)).toEqual([]);
    expect(
      take({ status: 'delivered' }, { url: 'https://accounts.example.com/delivery/http/x' }),
    ).toEqual([]);
    const body = Buffer.from('<status>delivered</status>');
    const request = by({});
    const signature = signatureOf(RECEIPT_SECRET, request.headers['x-timestamp'] ?? '', body);
    expect(sender.receipts?.({ ...changed(request, { 'x-signature': signature }), body })).toEqual(
      [],
    );
  });

  it('refuses one that was made for another message, where it says so', () => {
    const other = CALLBACK_URL.replace('Dw', 'Dx');
    expect(take({ status: 'delivered', reference }, { url: other })).toBeNull();
    for (const odd of ['', 'AAECAwQFBgcICQoLDA0ODx', 7, null, {}]) {
      expect(take({ status: 'delivered', reference: odd })).toBeNull();
    }
  });

  it('refuses the unsigned, the forged and the changed', () => {
    const request = by({ status: 'failed' });
    const right = request.headers['x-signature'] ?? '';
    const timestamp = request.headers['x-timestamp'] ?? '';
    const wrong = [
      undefined,
      '',
      right.slice(7),
      right.toUpperCase(),
      `${right}0`,
      right.replace('256', '1'),
    ];
    for (const signature of [...wrong, signatureOf('x'.repeat(32), timestamp, request.body)]) {
      expect(sender.receipts?.(changed(request, { 'x-signature': signature }))).toBeNull();
    }
    expect(
      sender.receipts?.({ ...request, body: Buffer.from('{"status":"delivered"}') }),
    ).toBeNull();
    expect(
      sender.receipts?.({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
    ).toBeNull();
    expect(sender.receipts?.({ ...request, method: 'GET' })).toBeNull();
    for (const other of [undefined, '', `${Number(timestamp) + 1}`, ` ${timestamp}`]) {
      expect(sender.receipts?.(changed(request, { 'x-timestamp': other }))).toBeNull();
    }
  });

  it.each([
    [0, true],
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
  ])('signed %d seconds ago: %j', (age, isTaken) => {
    const signedAt = new Date(now.getTime() - age * 1000);
    expect(take({ status: 'sent' }, { signedAt }) !== null).toBe(isTaken);
  });

  it.each([
    '',
    'soon',
    '-1',
    '1e9',
    `${now.getTime()}`,
    `${now.getTime() / 1000}.5`,
    '0x69a3',
    '９',
  ])('refuses a signed time of %j', (timestamp) => {
    const request = by({ status: 'sent' });
    const signature = signatureOf(RECEIPT_SECRET, timestamp, request.body);
    expect(
      sender.receipts?.(changed(request, { 'x-timestamp': timestamp, 'x-signature': signature })),
    ).toBeNull();
  });

  it('takes none at all without a secret', () => {
    const mute = senderBy({
      HTTP_SMS_RECEIPT_SECRET: undefined,
      HTTP_SMS_BODY: '{"to":"{to}","text":"{text}"}',
    });
    expect(mute.receipts).toBeUndefined();
  });

  it('takes no nonsense, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        fc.string(),
        fc.string(),
        (body, signature, url) => {
          const request = changed(by({}), { 'x-signature': signature });
          expect(sender.receipts?.({ ...request, url, body: Buffer.from(body) })).toBeNull();
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom('application/json', 'text/plain', undefined),
        (text, type) => {
          const request = by({});
          const body = Buffer.from(text);
          const signature = signatureOf(RECEIPT_SECRET, request.headers['x-timestamp'] ?? '', body);
          const signed = changed(request, { 'x-signature': signature, 'content-type': type });
          expect(() => sender.receipts?.({ ...signed, body })).not.toThrow();
        },
      ),
    );
  });
});
