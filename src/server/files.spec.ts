import { fastify } from 'fastify';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { serveFiles } from './files.js';
import { staticAddress } from '../common/kept-files.js';

const css = fileURLToPath(new URL('../pages/static/ringback.css', import.meta.url));
const server = fastify();
serveFiles(server, '/static/', [css]);
const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

describe('files for browsers', () => {
  it('come with their type, may be kept for an hour, and are not sent again while unchanged', async () => {
    const first = await get('/static/ringback.css');
    expect([
      first.statusCode,
      first.headers['content-type'],
      first.headers['cache-control'],
    ]).toEqual([200, 'text/css; charset=utf-8', 'public, max-age=3600']);
    expect(first.body.length).toBeGreaterThan(1000);
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const again = await get('/static/ringback.css', { 'if-none-match': etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/static/ringback.css', { 'if-none-match': '"older"' })).statusCode).toBe(
      200,
    );
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br;q=0.5', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, GZIP', 'gzip'],
    ['brotli, x-gzip', undefined],
    ['br;q=0.0, gzip;q=0', undefined],
    ['', undefined],
  ])('come packed as %j asks, each way with an ETag of its own', async (accepted, encoding) => {
    const plain = await get('/static/ringback.css');
    const answer = await get('/static/ringback.css', { 'accept-encoding': accepted });
    expect([answer.headers['content-encoding'], answer.headers.vary]).toEqual([
      encoding,
      'accept-encoding',
    ]);
    const unpack = {
      br: brotliDecompressSync,
      gzip: gunzipSync,
      undefined: (bytes: Buffer) => bytes,
    }[String(encoding)];
    expect(unpack?.(answer.rawPayload)).toEqual(plain.rawPayload);
    expect(answer.headers.etag === plain.headers.etag).toBe(encoding === undefined);
    if (encoding) expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  });

  it('may be kept for good under the address with their hash, and no other', async () => {
    const kept = async (url: string) => (await get(url)).headers['cache-control'];
    expect(await kept(staticAddress('ringback.css'))).toBe('public, max-age=31536000, immutable');
    expect(await kept(staticAddress('ringback.js').replace('.js', '.css'))).toBe(
      'public, max-age=3600',
    );
  });

  it('are only those that were named: nothing beside or above them', async () => {
    for (const url of [
      '/static/',
      '/static/ringback.js',
      '/static/../page-reply.ts',
      '/static/%2e%2e%2fpage-reply.ts',
    ]) {
      expect((await get(url)).statusCode).toBe(404);
    }
  });
});
