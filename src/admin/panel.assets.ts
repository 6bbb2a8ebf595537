import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptedEncoding } from '../common/kept-files.js';
import type { PanelLoader } from './panel.loader.js';

/**
 * AdminJS' bundles, and our own components beside them. Logos and fonts are not among them: we show
 * none.
 */
const BUNDLES = ['global.bundle.js', 'design-system.bundle.js', 'app.bundle.js'];
const COMPONENTS = fileURLToPath(new URL('./static/components.js', import.meta.url));

type PageGate = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface Asset {
  etag: string;
  bodies: { br: Buffer; gzip: Buffer; identity: Buffer };
}

/**
 * Files of the panel's page, each read and packed once; behind the gate, like everything of the
 * panel.
 */
export function serveAssets(
  scope: FastifyInstance,
  { loader, onRequest }: { loader: PanelLoader; onRequest: PageGate },
): void {
  for (const name of [...BUNDLES, 'components.bundle.js']) {
    let asset: Promise<Asset> | undefined;
    const read = async () =>
      load(BUNDLES.includes(name) ? (await loader.panel()).file(name) : COMPONENTS);
    scope.get(`/admin/frontend/assets/${name}`, { onRequest }, async (request, reply) => {
      asset ??= read();
      asset.catch(() => (asset = undefined));
      return send(await asset, request, reply);
    });
  }
}

async function load(file: string): Promise<Asset> {
  const identity = await readFile(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(identity, quality),
    promisify(gzip)(identity),
  ]);
  return {
    etag: `"${hash('sha256', identity, 'base64url').slice(0, 22)}"`,
    bodies: { br, gzip: zipped, identity },
  };
}

function send(
  { etag, bodies }: Asset,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  void reply
    .type('text/javascript; charset=utf-8')
    .headers({ etag, 'cache-control': 'private, no-cache', vary: 'accept-encoding' });
  if (headers['if-none-match'] === etag) return reply.code(304).send();
  const encoding = acceptedEncoding(headers['accept-encoding']);
  if (encoding) void reply.header('content-encoding', encoding);
  return reply.send(bodies[encoding ?? 'identity']);
}
