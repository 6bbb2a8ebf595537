import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface KeptFile {
  body: Buffer;
  /** RFC 9110, 8.8.3; strong. */
  etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Each of these files at its name under `prefix`, and nothing else of their folders. Read at the first request, then kept.
 * A handful of files needs no more, and a server for whole folders takes 25 ms of every start.
 */
export function serveFiles(server: FastifyInstance, prefix: string, files: readonly string[]): void {
  for (const file of files) {
    let kept: KeptFile | undefined;
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    server.get(`${prefix}${path.basename(file)}`, (request, reply) => send((kept ??= read(file)), request, reply.type(type)));
  }
}

function read(file: string): KeptFile {
  const body = readFileSync(file);
  return { body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"` };
}

function send({ body, etag }: KeptFile, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.headers({ etag, 'cache-control': 'public, max-age=3600' });
  return headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(body);
}
