import fc from 'fast-check';
import { MessageBirdSender } from '../../src/messaging/vendors/messagebird/messagebird.sender.js';
import { FakeClock } from '../support/fake-clock.js';
import { claimsOf, deliver, makeToken, reportUrl } from '../support/fake-messagebird.receipts.js';
import { SETTINGS, SIGNING_KEY } from './messagebird-sender.fixture.js';

const reference = 'AAECAwQFBgcICQoLDA0ODw';
const noBody: Buffer = Buffer.alloc(0);

/**
 * Signatures that MessageBird published for its clients (webhook-signature-jwt-reference.json), all
 * of 2021-07-05 10:00 UTC.
 */
const VECTORS = [
  [
    'https://example.com/',
    '',
    '59a244dc-e9ad-4e23-9778-371faa238f72',
    '6Fp0rVOsRr1fj9S2GidXAfkmPVofKr8_RTffC6G6r2E',
  ],
  [
    'https://example.com/path?bar=1&foo=2',
    '',
    'c946af77-e182-4eaa-b2ff-1a545b5e991a',
    'huo2ou6JDoDc7sV25d75UMWeYhBeavQlLsqIibSZuac',
  ],
  [
    'https://example.com/path?bar=1&foo=2',
    'Hello, World!',
    '93e55006-a0e8-4526-a190-fa5ff00ea116',
    '_H--TOuYFLpeEH39-rg5E3IHVkjHozBcaKVWPRC5m9I',
  ],
  [
    'https://example.com/?obj%5Bfield1%5D=val1&obj%5Bfield2%5D=val2&param=value+with+spaces',
    '',
    '59a244dc-e9ad-4e23-9778-371faa238f72',
    'mJBCMfEjKmN3IMuzqPXPHktWETrcu0iNdF3agE8PDyI',
  ],
] as const;

describe('Receipts of MessageBird', () => {
  const clock = new FakeClock();
  const now = clock.now();
  const sender = new MessageBirdSender(SETTINGS, { clock });

  const is = (status: string, reason?: string) => [{ reference, status, reason }];
  const tokenFor = (url: string, change: object = {}, body = noBody) =>
    makeToken({ ...claimsOf(url, body, now), ...change }, SIGNING_KEY);
  const genuine = (change: Record<string, string> = {}) =>
    deliver(reportUrl(change), tokenFor(reportUrl(change)), now);
  const withClaims = (change: object) =>
    sender.receipts(deliver(reportUrl(), tokenFor(reportUrl(), change), now));
  const withToken = (token: string | undefined) =>
    sender.receipts(deliver(reportUrl(), token, now));

  it.each(VECTORS)(
    "agrees with MessageBird's vector for %s %j",
    async (url, payload, jti, signature) => {
      const then = new Date('2021-07-05T10:00:00Z');
      const body = Buffer.from(payload);
      const token = makeToken({ ...claimsOf(url, body, then), jti }, SIGNING_KEY);
      expect(token.split('.')[2]).toBe(signature);
      expect(await sender.receipts(deliver(url, token, then, body))).toEqual([]);
      expect(
        await sender.receipts(deliver(url, token, new Date('2021-07-05T11:00:00Z'), body)),
      ).toBeNull();
      expect(await sender.receipts(deliver(url, token, then, Buffer.from('Hello')))).toBeNull();
      expect(
        await sender.receipts(deliver('https://example.com/path?foo=2&bar=1', token, then, body)),
      ).toBeNull();
    },
  );

  it('takes a genuine one', async () => {
    expect(await sender.receipts(genuine())).toEqual(is('delivered'));
  });

  it.each([
    ['scheduled', 'queued'],
    ['sent', 'sent'],
    ['buffered', 'sent'],
    ['delivered', 'delivered'],
    ['calling', 'sent'],
    ['answered', 'delivered'],
    ['something-new', 'unknown'],
    ['constructor', 'unknown'],
  ])('status %s is %s, without a reason', async (status, ours) => {
    expect(await sender.receipts(genuine({ status, statusErrorCode: '1' }))).toEqual(is(ours));
  });

  it.each([
    ['expired', 'expired'],
    ['delivery_failed', 'failed'],
    ['busy', 'failed'],
    ['machine', 'failed'],
    ['failed', 'failed'],
  ])('status %s is %s, with the best reason there is', async (status, ours) => {
    const of = (change: Record<string, string>) => sender.receipts(genuine({ status, ...change }));
    expect(await of({ statusErrorCode: '9', statusReason: 'unknown subscriber' })).toEqual(
      is(ours, '9'),
    );
    expect(await of({ statusReason: 'unknown subscriber' })).toEqual(
      is(ours, 'unknown_subscriber'),
    );
    expect(await of({ statusErrorCode: '14155550100', statusReason: 'x'.repeat(41) })).toEqual(
      is(ours, status),
    );
  });

  it('takes the same one twice, and any order, for each stands for itself', async () => {
    const request = genuine();
    expect(await sender.receipts(request)).toEqual(await sender.receipts(request));
    expect(await sender.receipts(genuine({ status: 'sent' }))).toEqual(is('sent'));
  });

  it('is signed, but not ours: nothing', async () => {
    for (const ref of ['', 'x', `${reference}A`, `${reference}\n`]) {
      expect(await sender.receipts(genuine({ reference: ref }))).toEqual([]);
    }
  });

  it('refuses what is not signed for this address', async () => {
    const token = tokenFor(reportUrl({ status: 'delivery_failed' }));
    for (const url of [
      reportUrl(),
      `${reportUrl({ status: 'delivery_failed' })}&status=delivered`,
      reportUrl({ status: 'delivery_failed' }).replace(
        'accounts.example.com',
        'accounts.example.org',
      ),
      reportUrl({ status: 'delivery_failed' }).replace('https:', 'http:'),
    ]) {
      expect(await sender.receipts(deliver(url, token, now))).toBeNull();
    }
  });

  it('refuses a body that was changed, added or lost', async () => {
    const body = Buffer.from('status=delivered');
    const about = (of: Buffer, sent: Buffer) =>
      sender.receipts(deliver(reportUrl(), tokenFor(reportUrl(), {}, of), now, sent));
    expect(await about(body, body)).toEqual(is('delivered'));
    expect(await about(body, Buffer.from('status=failed'))).toBeNull();
    expect(await about(noBody, body)).toBeNull();
    expect(await about(body, noBody)).toBeNull();
  });

  it('refuses the unsigned and the forged', async () => {
    const claims = claimsOf(reportUrl(), noBody, now);
    const [header, payload, signature] = tokenFor(reportUrl()).split('.') as [
      string,
      string,
      string,
    ];
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const token of [
      undefined,
      '',
      '.',
      '..',
      '...',
      'x',
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${signature}.`,
      `${header}.${payload}.${signature}=`,
      `${header}.${payload}.${signature.slice(0, -1)}`,
      `${header}.${payload}.${signature.toLowerCase()}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      makeToken(claims, 'another key'),
      makeToken(claims, ''),
    ]) {
      expect(await withToken(token)).toBeNull();
    }
  });

  it.each([
    { alg: 'none' },
    { alg: 'HS384' },
    { alg: 'HS512' },
    { alg: 'RS256' },
    { alg: 'hs256' },
    { typ: 'JWT' },
    [],
  ])('refuses another algorithm than HS256, though the signature fits: %j', async (header) => {
    expect(
      await withToken(makeToken(claimsOf(reportUrl(), noBody, now), SIGNING_KEY, header)),
    ).toBeNull();
  });

  it.each([
    { iss: 'Messagebird' },
    { iss: undefined },
    { jti: undefined },
    { jti: '' },
    { jti: 7 },
    { nbf: undefined },
    { exp: undefined },
    { nbf: '0' },
    { exp: null },
    { url_hash: undefined },
    { url_hash: '' },
    { payload_hash: '' },
    { payload_hash: 'x' },
  ])('refuses claims with %j', async (change) => {
    expect(await withClaims(change)).toBeNull();
  });

  const second = now.getTime() / 1000;
  it.each([
    [{ exp: second - 4 }, true],
    [{ exp: second - 5 }, false],
    [{ exp: 0 }, false],
    [{ nbf: second + 5 }, true],
    [{ nbf: second + 6 }, false],
  ])('looks at the time, with 5 seconds to spare: %j %j', async (change, isTaken) => {
    expect((await withClaims(change)) !== null).toBe(isTaken);
  });

  it('believes nobody without a key', async () => {
    for (const MESSAGEBIRD_SIGNING_KEY of [undefined, '']) {
      const believer = new MessageBirdSender({ ...SETTINGS, MESSAGEBIRD_SIGNING_KEY }, { clock });
      expect(await believer.receipts(genuine())).toBeNull();
      expect(
        await believer.receipts(
          deliver(reportUrl(), makeToken(claimsOf(reportUrl(), noBody, now), ''), now),
        ),
      ).toBeNull();
    }
  });

  it('takes no nonsense, and never throws', async () => {
    const base64 = fc.string().map((text) => Buffer.from(text).toString('base64url'));
    const tokens = fc.oneof(
      fc.string(),
      fc.tuple(base64, base64, base64).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(tokens, async (token) => expect(await withToken(token)).toBeNull()),
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        const claims = JSON.parse(json) as object;
        expect(await withToken(makeToken(claims, SIGNING_KEY))).toBeNull();
      }),
    );
  });
});
