import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import path from 'node:path';
import { acceptedEncoding, KeptFile } from '../common/kept-files.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
};

/**
 * Each of these files at its name under `prefix`, and nothing else of their folders. Read at the
 * first request, then kept. A handful of files needs no more, and a server for whole folders takes
 * 25 ms of every start.
 */
export function serveFiles(
  server: FastifyInstance,
  prefix: string,
  files: readonly string[],
): void {
  for (const file of files)
    server.get(`${prefix}${path.basename(file)}`, (request, reply) => send(file, request, reply));
}

/**
 * For good where the address names these very bytes, else for an hour. Each encoding has its own
 * ETag (RFC 9110, 8.8.3).
 */
function send(file: string, { headers, query }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const kept = KeptFile.at(file);
  const encoding = acceptedEncoding(headers['accept-encoding']);
  const etag = `"${kept.hash}${encoding ? `-${encoding}` : ''}"`;
  const isNamed = (query as { v?: unknown }).v === kept.hash;
  void reply.type(TYPES[path.extname(file)] ?? 'application/octet-stream').headers({
    etag,
    vary: 'accept-encoding',
    'cache-control': isNamed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
  });
  if (headers['if-none-match'] === etag) return reply.code(304).send();
  if (encoding) void reply.header('content-encoding', encoding);
  return reply.send(kept.body(encoding));
}
