import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const require = createRequire(import.meta.url);
const shipped = (file: string): string => path.join(path.dirname(require.resolve('adminjs')), 'frontend/assets', file);

/** AdminJS' own bundles, always those for production: the others are 25 MB. Logos are not among them: we show none. */
const ASSETS: Readonly<Record<string, () => string>> = {
  'global.bundle.js': () => shipped('scripts/global-bundle.production.js'),
  'app.bundle.js': () => shipped('scripts/app-bundle.production.js'),
  'design-system.bundle.js': () => path.join(path.dirname(require.resolve('@adminjs/design-system')), '../bundle.production.js'),
  'components.bundle.js': () => fileURLToPath(new URL('./static/components.js', import.meta.url)),
};

interface Asset {
  etag: string;
  bodies: { br: Buffer; gzip: Buffer; identity: Buffer };
}

/** Files of the panel's page, each read and packed once; behind the gate, like everything of the panel. */
export function serveAssets(scope: FastifyInstance, root: string, onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): void {
  for (const [name, file] of Object.entries(ASSETS)) {
    let asset: Promise<Asset> | undefined;
    scope.get(`${root}/frontend/assets/${name}`, { onRequest }, async (request, reply) => {
      asset ??= load(file());
      return send(await asset, request, reply);
    });
  }
}

async function load(file: string): Promise<Asset> {
  const identity = await readFile(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(identity, quality), promisify(gzip)(identity)]);
  return { etag: `"${hash('sha256', identity, 'base64url').slice(0, 22)}"`, bodies: { br, gzip: zipped, identity } };
}

function send({ etag, bodies }: Asset, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.type('text/javascript; charset=utf-8').headers({ etag, 'cache-control': 'private, no-cache', vary: 'accept-encoding' });
  if (headers['if-none-match'] === etag) return reply.code(304).send();
  const accepted = headers['accept-encoding'] ?? '';
  const encoding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b`).test(accepted));
  if (encoding) void reply.header('content-encoding', encoding);
  return reply.send(bodies[encoding ?? 'identity']);
}
