import fc from 'fast-check';
import { PlivoSender } from '../../src/messaging/vendors/plivo/plivo.sender.js';
import { isSignedByPlivo } from '../../src/messaging/vendors/plivo/plivo.receipt.js';
import { FakeClock } from '../support/fake-clock.js';
import {
  CALLBACK_URL,
  deliver,
  NONCE,
  plivoForm,
  sealV2,
  sealV3,
  signatureV2,
  signatureV3,
} from '../support/fake-plivo.receipts.js';
import { AUTH_TOKEN, SETTINGS } from './plivo-sender.fixture.js';

const reference = 'AAECAwQFBgcICQoLDA0ODw';

describe('Receipts of Plivo', () => {
  const sender = new PlivoSender(SETTINGS, { clock: new FakeClock() });
  const is = (status: string, reason?: string) => [{ reference, status, reason }];
  const genuine = (change = {}) => {
    const form = plivoForm(change);
    return deliver(form, sealV3(signatureV3(AUTH_TOKEN, form)));
  };

  describe("the signature agrees with vectors that Plivo's own client (npm plivo 4.75.6) takes", () => {
    const isSigned = (
      url: string,
      headers: object,
      pairs: string[][] = Object.entries(plivoForm()),
    ) => {
      const form = new URLSearchParams(pairs);
      return isSignedByPlivo(AUTH_TOKEN, { ...deliver({}, { ...headers }), url }, form);
    };

    it.each([
      ['fields', CALLBACK_URL, 'EwDPKtgHyfh4dAx6mxHSTnGmJwz/wHGJslV1b258LWc=', undefined],
      ['no fields', CALLBACK_URL, 'JpewgpLzt0dvh3rea0AYYC5c+oWtVvyLPYMTTyKwn6c=', []],
      [
        'a query and fields',
        `${CALLBACK_URL}?b=2&a=1`,
        '6MOvxy+ds6rsceoZJFo612t8B5YiiIx+kwWYGwBrX7E=',
        undefined,
      ],
      [
        'a port',
        CALLBACK_URL.replace('.com', '.com:8443'),
        'D5iAUMqH6pdjcGQ2AP858qqY0Eybgys18RKyJ6IO9Ys=',
        undefined,
      ],
      [
        'a field given twice',
        CALLBACK_URL,
        '92V0vgPK+L4NebL7Geb6vC1qx1xretFFtJB4HThENFo=',
        [['Zx', 'b'], ['Zx', 'a'], ...Object.entries(plivoForm())],
      ],
    ])('version 3, %s', (_, url, signature, pairs) => {
      expect(isSigned(url, sealV3(signature), pairs)).toBe(true);
      expect(isSigned(url, sealV3(signature), [...(pairs ?? []), ['Status', 'failed']])).toBe(
        false,
      );
      expect(isSigned(`${url}x`, sealV3(signature), pairs)).toBe(false);
    });

    it('version 2, whatever the query', () => {
      const signature = 'v+E2X/J+QEq+SOW4Kx9eMyo2lcZxWVGYflbMD5hmVAI=';
      expect(isSigned(CALLBACK_URL, sealV2(signature))).toBe(true);
      expect(isSigned(`${CALLBACK_URL}?a=1`, sealV2(signature))).toBe(true);
      expect(isSigned(`${CALLBACK_URL}x`, sealV2(signature))).toBe(false);
    });
  });

  it.each([
    ['queued', 'queued'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['something-new', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('status %j is %s, without a reason', (status, ours) => {
    expect(sender.receipts(genuine({ Status: status, ErrorCode: '30' }))).toEqual(is(ours));
  });

  it.each(['failed', 'undelivered', 'rejected'])('status %s has failed, and why', (status) => {
    expect(sender.receipts(genuine({ Status: status, ErrorCode: '30' }))).toEqual(
      is('failed', '30'),
    );
    expect(sender.receipts(genuine({ Status: status, ErrorCode: '14155550100' }))).toEqual(
      is('failed', status),
    );
    expect(sender.receipts(genuine({ Status: status, ErrorCode: '420' }))).toEqual(
      is('expired', '420'),
    );
  });

  it.each([
    ['ringing', 'sent'],
    ['in-progress', 'sent'],
    ['completed', 'delivered'],
  ])('a call that is %s is %s', (word, ours) => {
    expect(sender.receipts(genuine({ Status: undefined, CallStatus: word }))).toEqual(is(ours));
  });

  it.each(['busy', 'no-answer', 'timeout', 'cancel', 'failed'])(
    'a call that is %s has failed',
    (word) => {
      expect(
        sender.receipts(genuine({ Status: undefined, CallStatus: word, ErrorCode: undefined })),
      ).toEqual(is('failed', word));
    },
  );

  it('takes the same one twice, and any order, for each stands for itself', () => {
    expect(sender.receipts(genuine())).toEqual(sender.receipts(genuine()));
    expect(sender.receipts(genuine({ Status: 'sent' }))).toEqual(is('sent'));
  });

  it('takes the signature of the main account, and one of several', () => {
    const form = plivoForm();
    const right = signatureV3(AUTH_TOKEN, form);
    const nonce = { 'x-plivo-signature-v3-nonce': NONCE };
    for (const headers of [
      { 'x-plivo-signature-ma-v3': right },
      { 'x-plivo-signature-v3': 'AAAA', 'x-plivo-signature-ma-v3': right },
      { 'x-plivo-signature-v3': `AAAA, ${right}` },
    ])
      expect(sender.receipts(deliver(form, { ...nonce, ...headers }))).toEqual(is('delivered'));
    const main = {
      'x-plivo-signature-ma-v2': signatureV2(AUTH_TOKEN),
      'x-plivo-signature-v2-nonce': NONCE,
    };
    expect(sender.receipts(deliver(form, main))).toEqual(is('delivered'));
  });

  it('refuses the unsigned, the forged, the changed and what was signed for another address', () => {
    const form = plivoForm({ Status: 'failed' });
    const right = signatureV3(AUTH_TOKEN, form);
    const withoutNonce = { 'x-plivo-signature-v3': right };
    const withAnother = { ...withoutNonce, 'x-plivo-signature-v3-nonce': `${NONCE}1` };
    const wrong = ['', `${right}=`, right.toLowerCase(), signatureV3('another-token', form)].map(
      sealV3,
    );
    for (const seal of [{}, withoutNonce, withAnother, ...wrong])
      expect(sender.receipts(deliver(form, seal))).toBeNull();
    expect(sender.receipts(deliver({ ...form, Status: 'delivered' }, sealV3(right)))).toBeNull();
    expect(sender.receipts(deliver({ ...form, Extra: '1' }, sealV3(right)))).toBeNull();
    expect(
      sender.receipts(deliver(form, sealV3(right), CALLBACK_URL.replace('Dw', 'Dx'))),
    ).toBeNull();
    expect(
      sender.receipts(deliver(form, sealV3(right), `${CALLBACK_URL}?Status=delivered`)),
    ).toBeNull();
    expect(sender.receipts({ ...deliver(form, sealV3(right)), method: 'GET' })).toBeNull();
    expect(sender.receipts(deliver(form, sealV2(signatureV2('another-token'))))).toBeNull();
    expect(
      sender.receipts(
        deliver(form, sealV2(signatureV2(AUTH_TOKEN)), CALLBACK_URL.replace('Dw', 'Dx')),
      ),
    ).toBeNull();
  });

  it('takes no signature of version 2 beside one of version 3 that is wrong', () => {
    const form = plivoForm();
    const older = sealV2(signatureV2(AUTH_TOKEN));
    expect(sender.receipts(deliver(form, older))).toEqual(is('delivered'));
    for (const latest of [
      sealV3('AAAA'),
      { 'x-plivo-signature-v3-nonce': NONCE },
      { 'x-plivo-signature-ma-v3': 'AAAA' },
    ]) {
      expect(sender.receipts(deliver(form, { ...older, ...latest }))).toBeNull();
    }
  });

  it('is signed, but about no message of ours: nothing', () => {
    const url = 'https://accounts.example.com/delivery/plivo/x';
    expect(
      sender.receipts(deliver(plivoForm(), sealV3(signatureV3(AUTH_TOKEN, plivoForm(), url)), url)),
    ).toEqual([]);
  });

  it('takes no nonsense, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (body, url, signature) => {
        for (const seal of [sealV2(signature), sealV3(signature)]) {
          expect(
            sender.receipts({ ...deliver({}, seal, url), body: Buffer.from(body) }),
          ).toBeNull();
        }
      }),
    );
  });
});
