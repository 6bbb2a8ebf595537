import { jest } from '@jest/globals';
import { boundedFetch } from './bounded-fetch.js';

describe('boundedFetch', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  const failWith = (error: unknown) => {
    globalThis.fetch = jest.fn<typeof fetch>().mockRejectedValue(error);
    return boundedFetch(new URL('https://provider.example'), {}, { timeout: 1000 });
  };
  const fetchFailed = (cause: object) => new TypeError('fetch failed', { cause });
  const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
  const timedOut = { code: 'ETIMEDOUT', syscall: 'connect' };

  it.each([
    ['a refused connection', refused],
    ['a host without an address', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }],
    ['an unreachable network', { code: 'ENETUNREACH', syscall: 'connect' }],
    [
      'several addresses, none of which answers',
      { code: 'ECONNREFUSED', errors: [refused, timedOut] },
    ],
    ['a connection that takes too long to open', { code: 'UND_ERR_CONNECT_TIMEOUT' }],
    ['an expired certificate', { code: 'CERT_HAS_EXPIRED' }],
    ['a certificate of another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['a self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['a certificate of an unknown authority', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
  ])('is sure that nothing was sent: %s', async (_, cause) => {
    expect(await failWith(fetchFailed(cause))).toEqual({ outcome: 'not_sent' });
  });

  it.each([
    ['a reset', { code: 'ECONNRESET', syscall: 'read' }],
    ['a connection closed by the other side', { code: 'UND_ERR_SOCKET' }],
    ['a broken write', { code: 'EPIPE', syscall: 'write' }],
    ['a time-out while reading', { code: 'ETIMEDOUT', syscall: 'read' }],
    [
      'several errors, one of them after the connection',
      { errors: [refused, { code: 'ECONNRESET', syscall: 'read' }] },
    ],
    ['no reason', {}],
  ])('is not sure: %s', async (_, cause) => {
    expect(await failWith(fetchFailed(cause))).toEqual({ outcome: 'lost' });
  });

  it('is not sure after its own time-out', async () => {
    const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    expect(await failWith(timeout)).toEqual({ outcome: 'lost' });
  });

  it('never throws, whatever is thrown at it', async () => {
    for (const error of [null, undefined, 'text', { cause: null }])
      expect(await failWith(error)).toEqual({ outcome: 'lost' });
  });
});
