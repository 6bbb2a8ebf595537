import fc from 'fast-check';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';
import { isSignedByTwilio } from '../../src/messaging/vendors/twilio/twilio.receipt.js';
import { TwilioSender } from '../../src/messaging/vendors/twilio/twilio.sender.js';
import { FakeClock } from '../support/fake-clock.js';
import {
  CALLBACK_URL,
  callReceipt,
  deliver,
  signatureOf,
  textReceipt,
} from '../support/fake-twilio-messages.receipts.js';
import { AUTH_TOKEN, SETTINGS } from './twilio-sender.fixture.js';

const reference = 'AAECAwQFBgcICQoLDA0ODw';

describe('Receipts of Twilio', () => {
  const sender = new TwilioSender(SETTINGS, { clock: new FakeClock() });
  const is = (status: string, reason?: string) => [{ reference, status, reason }];
  const text = (change = {}) => deliver(textReceipt(change), AUTH_TOKEN);
  const call = (change = {}) => deliver(callReceipt(change), AUTH_TOKEN);
  const resigned = (request: ReceiptRequest, signature: string | undefined): ReceiptRequest => ({
    ...request,
    headers: { ...request.headers, 'x-twilio-signature': signature },
  });

  describe('the signature', () => {
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const form = new URLSearchParams({
      To: '+18005551212',
      From: '+14155551212',
      Digits: '1234',
      Caller: '+14155551212',
      CallSid: 'CA1234567890ABCDE',
    });

    it("agrees with the vector of Twilio's documentation", () => {
      form.set('From', '+12349013030');
      form.set('Caller', '+12349013030');
      expect(isSignedByTwilio('12345', '0/KCTR6DLpKmkAf8muzZqo1nDgQ=', url, form)).toBe(true);
      form.set('Digits', '1235');
      expect(isSignedByTwilio('12345', '0/KCTR6DLpKmkAf8muzZqo1nDgQ=', url, form)).toBe(false);
    });

    it('is over every field, sorted, repeated values once each', () => {
      const fields = fc.dictionary(
        fc.string(),
        fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
      );
      fc.assert(
        fc.property(
          fields,
          fc.constantFrom(url, CALLBACK_URL, 'https://a.example:8443/x', 'http://[::1]:3000/x'),
          (params, at) => {
            const pairs = Object.entries(params).flatMap(([name, value]) =>
              [value].flat().map((one) => [name, one]),
            );
            const sent = new URLSearchParams(pairs);
            const signature = signatureOf('12345', at, sent);
            expect(isSignedByTwilio('12345', signature, at, sent)).toBe(true);
            expect(isSignedByTwilio('12346', signature, at, sent)).toBe(false);
          },
        ),
      );
    });

    it.each([
      ['https://a.example/x', 'https://a.example:443/x'],
      ['http://a.example/x?y=:8080', 'http://a.example:80/x?y=:8080'],
      ['https://a.example:8443/x', 'https://a.example/x'],
      ['https://[::1]:8443/x', 'https://[::1]/x'],
    ])('of %s may be that of %s', (address, signed) => {
      const signature = signatureOf('12345', signed, {});
      expect(isSignedByTwilio('12345', signature, address, new URLSearchParams())).toBe(true);
    });

    it.each([
      'https://a.example:8444/x',
      'https://b.example/x',
      'http://a.example/x',
      'https://a.example/x/',
      'https://a.example.b/x',
    ])('of https://a.example:8443/x is not that of %s', (signed) => {
      const signature = signatureOf('12345', signed, {});
      expect(
        isSignedByTwilio('12345', signature, 'https://a.example:8443/x', new URLSearchParams()),
      ).toBe(false);
    });
  });

  it.each([
    ['accepted', 'queued'],
    ['scheduled', 'queued'],
    ['queued', 'queued'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['receiving', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('a text that is %j is %s, without a reason', (status, ours) => {
    expect(sender.receipts(text({ MessageStatus: status, ErrorCode: '30003' }))).toEqual(is(ours));
  });

  it.each([
    ['queued', 'queued'],
    ['initiated', 'queued'],
    ['ringing', 'sent'],
    ['in-progress', 'sent'],
    ['completed', 'delivered'],
  ])('a call that is %s is %s', (status, ours) => {
    expect(sender.receipts(call({ CallStatus: status }))).toEqual(is(ours));
  });

  it("tells why a text failed, in Twilio's number, and that it came too late", () => {
    expect(sender.receipts(text({ MessageStatus: 'undelivered', ErrorCode: '30003' }))).toEqual(
      is('failed', '30003'),
    );
    expect(sender.receipts(text({ MessageStatus: 'failed', ErrorCode: '+14155550100' }))).toEqual(
      is('failed', 'failed'),
    );
    expect(sender.receipts(text({ MessageStatus: 'canceled' }))).toEqual(is('failed', 'canceled'));
    expect(sender.receipts(text({ MessageStatus: 'failed', ErrorCode: '30036' }))).toEqual(
      is('expired', '30036'),
    );
  });

  it.each(['busy', 'no-answer', 'failed', 'canceled'])(
    'a call that is %s has failed, and why',
    (status) => {
      expect(sender.receipts(call({ CallStatus: status }))).toEqual(is('failed', status));
    },
  );

  it('takes the same one twice, and any order, for each stands for itself', () => {
    expect(sender.receipts(text())).toEqual(sender.receipts(text()));
    expect(sender.receipts(text({ MessageStatus: 'sent' }))).toEqual(is('sent'));
  });

  it('is signed, but about no message of ours: nothing', () => {
    for (const end of ['', 'x', `${reference}A`]) {
      const url = `https://accounts.example.com/delivery/twilio/${end}`;
      expect(sender.receipts(deliver(textReceipt(), AUTH_TOKEN, url))).toEqual([]);
    }
  });

  it('refuses the unsigned, the forged, the changed and what was signed for another address', () => {
    const request = text({ MessageStatus: 'failed' });
    const right = request.headers['x-twilio-signature'] ?? '';
    const foreign = signatureOf(
      'another-token',
      CALLBACK_URL,
      textReceipt({ MessageStatus: 'failed' }),
    );
    for (const signature of [undefined, '', `${right}=`, right.toLowerCase(), foreign]) {
      expect(sender.receipts(resigned(request, signature))).toBeNull();
    }
    const body = request.body.toString();
    expect(
      sender.receipts({ ...request, body: Buffer.from(body.replace('=failed', '=delivered')) }),
    ).toBeNull();
    expect(
      sender.receipts({ ...request, body: Buffer.from(`${body}&ErrorCode=30003`) }),
    ).toBeNull();
    expect(sender.receipts({ ...request, url: CALLBACK_URL.replace('Dw', 'Dx') })).toBeNull();
    expect(
      sender.receipts({ ...request, url: `${CALLBACK_URL}?MessageStatus=delivered` }),
    ).toBeNull();
    const other = CALLBACK_URL.replace('accounts', 'other');
    expect(sender.receipts(deliver(textReceipt(), AUTH_TOKEN, CALLBACK_URL, other))).toBeNull();
  });

  it('takes no nonsense, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (body, url, signature) => {
        expect(
          sender.receipts({ ...resigned(text(), signature), url, body: Buffer.from(body) }),
        ).toBeNull();
      }),
    );
  });
});
