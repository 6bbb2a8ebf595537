import { fastify } from 'fastify';
import { fileURLToPath } from 'node:url';
import { serveFiles } from './app.files.js';

const css = fileURLToPath(new URL('./pages/static/ringback.css', import.meta.url));
const server = fastify();
serveFiles(server, '/static/', [css]);
const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

describe('files for browsers', () => {
  it('come with their type, may be kept for an hour, and are not sent again while unchanged', async () => {
    const first = await get('/static/ringback.css');
    expect([first.statusCode, first.headers['content-type'], first.headers['cache-control']]).toEqual([
      200,
      'text/css; charset=utf-8',
      'public, max-age=3600',
    ]);
    expect(first.body.length).toBeGreaterThan(1000);
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const again = await get('/static/ringback.css', { 'if-none-match': etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/static/ringback.css', { 'if-none-match': '"older"' })).statusCode).toBe(200);
  });

  it('are only those that were named: nothing beside or above them', async () => {
    for (const url of ['/static/', '/static/ringback.js', '/static/../page-reply.ts', '/static/%2e%2e%2fpage-reply.ts']) {
      expect((await get(url)).statusCode).toBe(404);
    }
  });
});
