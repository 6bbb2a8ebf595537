import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createRequire } from 'node:module';
import { CONTENT_SECURITY_POLICY } from '../common/security-headers.js';
import type { Settings } from '../config/settings.js';

const require = createRequire(import.meta.url);

/** What the page loads under `/docs/ui/`. */
export const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'].map((name) => require.resolve(`swagger-ui-dist/${name}`));

// Swagger UI sets style attributes; nothing else on the page needs more than the site's own policy.
const DOCS_POLICY = CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ringback API</title><link rel="stylesheet" href="/docs/ui/swagger-ui.css"></head><body><div id="swagger-ui"></div>
<script src="/docs/ui/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
const START = `SwaggerUIBundle({ url: '/docs-json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });`;

/** `/docs`, `/docs-json` (public): made at the first request, so that they cost the start nothing. */
export function serveDocs(server: FastifyInstance, app: NestFastifyApplication, { publicUrl }: Settings): void {
  let json: Promise<string> | undefined;
  const document = () =>
    (json ??= import('./openapi.js').then(({ openApiDocument }) => JSON.stringify(openApiDocument(app, publicUrl))));
  server.get('/docs-json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(await document()));
  server.get('/docs', (_request, reply) =>
    reply.header('content-security-policy', DOCS_POLICY).type('text/html; charset=utf-8').send(PAGE),
  );
  server.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
}
