import type { ActionRequest, CurrentAdmin } from 'adminjs';
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import { AppError } from '../common/errors/app-error.js';
import { serveAssets } from './panel.assets.js';
import { bodyOf, readForms } from './panel.body.js';
import { answerErrors } from './panel.errors.js';
import type { PanelGate } from './panel.gate.js';
import { contentSecurityPolicy, securePage } from './panel.html.js';
import type { PanelLoader } from './panel.loader.js';
import type { Call } from './panel.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is let in, as AdminJS is told. */
    staff?: CurrentAdmin;
  }
}

const ROOT = '/admin';

/**
 * AdminJS' addresses, those we use: an address that joins in a new version of it opens nothing
 * here.
 */
const PAGES = [
  '',
  '/resources/:resourceId',
  '/resources/:resourceId/actions/:action',
  '/resources/:resourceId/records/:recordId/:action',
];
const CALLS: readonly [('GET' | 'POST')[], string, Call][] = [
  [['GET'], '/api/dashboard', 'dashboard'],
  [['GET', 'POST'], '/api/resources/:resourceId/actions/:action', 'resourceAction'],
  [['GET'], '/api/resources/:resourceId/actions/:action/:query', 'resourceAction'],
  [['GET', 'POST'], '/api/resources/:resourceId/records/:recordId/:action', 'recordAction'],
];

/**
 * The panel on a scope of its own. Each route wears its gate itself, so no spelling of an address
 * (`/%61dmin`) leads past it; on the server's own routes nothing of this scope (body parser, error
 * answers) has any effect.
 */
export function panelRoutes(
  gate: PanelGate,
  loader: PanelLoader,
  publicUrl: string,
): FastifyPluginCallback {
  return (scope, _options, done) => {
    scope.addHook('onRequest', (_request, reply, next) => {
      void reply.header('cache-control', 'no-store');
      next();
    });
    scope.setErrorHandler(answerErrors(publicUrl));
    readForms(scope);
    servePages(scope, gate, loader);
    serveCalls(scope, gate, loader);
    serveAssets(scope, { loader, onRequest: (request, reply) => gate.page(request, reply) });
    done();
  };
}

function servePages(scope: FastifyInstance, gate: PanelGate, loader: PanelLoader): void {
  for (const path of PAGES) {
    scope.get(
      ROOT + path,
      { onRequest: (request, reply) => gate.page(request, reply) },
      async (request, reply) => {
        const panel = await loader.panel();
        const { html, nonce } = securePage(await panel.page(staffOf(request)));
        return reply
          .header('content-security-policy', contentSecurityPolicy(nonce))
          .type('text/html; charset=utf-8')
          .send(html);
      },
    );
  }
}

function serveCalls(scope: FastifyInstance, gate: PanelGate, loader: PanelLoader): void {
  for (const [method, path, call] of CALLS) {
    const onRequest = (request: FastifyRequest) => gate.call(request);
    scope.route({
      method,
      url: ROOT + path,
      onRequest,
      handler: async (request, reply) => {
        const json = await (
          await loader.panel()
        ).call(call, actionRequest(request), staffOf(request));
        if (isForbidden(json)) request.refused = 'forbidden';
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(json ?? null));
      },
    });
  }
}

/** AdminJS says with 200 and a notice that somebody may not do a thing. */
const isForbidden = (json: unknown): boolean =>
  (json as { record?: { baseError?: { type?: string } | null } } | null)?.record?.baseError
    ?.type === 'ForbiddenError';

function actionRequest(request: FastifyRequest): ActionRequest {
  return {
    params: { resourceId: '', action: '', ...(request.params as Record<string, string>) },
    query: Object.fromEntries(
      Object.entries(request.query as Record<string, unknown>).filter(
        ([, value]) => typeof value === 'string',
      ),
    ),
    payload: bodyOf(request),
    method: request.method === 'POST' ? 'post' : 'get',
  };
}

function staffOf({ staff }: FastifyRequest): CurrentAdmin {
  if (!staff) throw new AppError('unauthenticated');
  return staff;
}
