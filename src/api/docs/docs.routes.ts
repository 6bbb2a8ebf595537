import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../config/settings.js';

/** What the page loads under `/docs/ui/`. */
export const DOCS_FILES = ['docs.css', 'docs.js'].map((name) =>
  fileURLToPath(new URL(`./static/${name}`, import.meta.url)),
);

/**
 * `/docs`, `/docs-json` (public): made at the first request, so that they cost the start nothing.
 */
export function serveDocs(
  server: FastifyInstance,
  app: NestFastifyApplication,
  { publicUrl }: Settings,
): void {
  let made: Promise<{ json: string; page: string }> | undefined;
  const make = async () => {
    const [{ openApiDocument }, { docsPage }] = await Promise.all([
      import('../openapi/openapi.js'),
      import('./docs.page.js'),
    ]);
    const document = openApiDocument(app, publicUrl);
    return { json: JSON.stringify(document), page: docsPage(document) };
  };
  const documents = () => (made ??= make());
  server.get('/docs-json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((await documents()).json),
  );
  server.get('/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send((await documents()).page),
  );
}
