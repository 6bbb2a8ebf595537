import cookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from '../api/answer-problem.js';
import { DOCS_FILES, serveDocs } from '../api/docs/docs.routes.js';
import { serveProblems } from '../api/problems/problem.routes.js';
import { isApi, placeOf, registerBodyParsers } from './bodies.js';
import { limitConnections } from './connections.js';
import { AppErrorFilter } from './errors.js';
import { serveFiles } from './files.js';
import { answerRepeatedCalls } from './idempotency.js';
import { limitRequests } from './limits.js';
import type { LogOutput } from './log/log-output.js';
import type { AppLogger } from './log/logger.js';
import { letOriginsIn, originHeaders, refuseOtherSites } from './origins.js';
import { answerAnyExpectation, answerRaw, noteAnswers } from './raw-answers.js';
import { requestIds, traceOf } from './request-ids.js';
import { closeKeptConnections } from './shutdown.js';
import { addressOf } from '../auth/http/client-of.js';
import { SessionsService } from '../auth/sessions/sessions.service.js';
import { AppError } from '../common/errors/app-error.js';
import { seconds } from '../common/clock.js';
import { staticFile } from '../common/kept-files.js';
import { securityHeaders } from '../common/net/security-headers.js';
import { Settings } from '../config/settings.js';
import { IdempotentCalls } from '../idempotency/idempotent-calls.service.js';
import { Metrics } from '../health/metrics.js';
import { RequestMetrics } from '../health/metrics.requests.js';
import { Readiness } from '../health/readiness.js';
import { Troubles } from '../health/troubles.js';
import { PageErrors } from '../pages/page-errors.js';
import { RequestLimits } from '../rate-limit/request-limits.service.js';

const BODY_LIMIT = 100 * 1024;
const STATIC = [
  'favicon.svg',
  'favicon.ico',
  'ringback.css',
  'ringback.js',
  'code.js',
  'inbox.js',
  'bot-check.js',
  'bot-check.worker.js',
].map(staticFile);

// zod checks the bodies. Fastify's own schemas are used nowhere, and the compilers it would load
// for them cost every start 30 ms.
const noSchemas = (): never => {
  throw new Error('Routes have no Fastify schema here.');
};

/** The HTTP server under Nest: limits, time-outs, and whose forwarding headers count. */
export function httpAdapter(settings: Settings): FastifyAdapter {
  const { trustedProxies, publicUrl } = settings;
  return new FastifyAdapter({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: BODY_LIMIT,
    // Headers, then the whole request, must be in; a kept connection may rest; whoever stops taking
    // the answer in is cut off.
    requestTimeout: seconds(10),
    keepAliveTimeout: seconds(5),
    connectionTimeout: seconds(30),
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: seconds(8),
      connectionsCheckingInterval: seconds(2),
      requireHostHeader: false,
    },
    clientErrorHandler: answerRaw(settings),
    forceCloseConnections: 'idle',
    // What comes in while the process ends is answered like anything else, as long as it can.
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: true, maxParamLength: 100 },
    genReqId: requestIds(settings),
    logger: false,
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    // Addresses the router cannot read never reach Nest's filter.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers({
        ...securityHeaders(publicUrl),
        'cache-control': 'no-store',
        'x-request-id': request.id,
      });
      void reply.headers(originHeaders(settings, placeOf(request), request.headers.origin));
      answerProblem(new AppError('malformed_request'), request, reply, publicUrl);
    },
  });
}

/** Everything between the socket and the controllers; shared by main and the end-to-end tests. */
export async function setUpApp(
  app: NestFastifyApplication,
  logger?: AppLogger,
  output?: LogOutput,
): Promise<NestFastifyApplication> {
  const settings = app.get(Settings);
  const server = app.getHttpAdapter().getInstance();
  app
    .get(Metrics)
    .countedElsewhere(
      'ringback_log_lines_dropped_total',
      'Log lines that nothing took in.',
      () => output?.dropped ?? 0,
    );
  const limits = app.get(RequestLimits, { strict: false });
  await limits.open();
  limitConnections(app.getHttpServer(), settings, limits);
  answerAnyExpectation(app.getHttpServer());
  noteAnswers(app.getHttpServer());
  registerBodyParsers(server);
  dressEveryAnswer(server, settings);
  letOriginsIn(server, settings);
  limitRequests(server, limits, app.get(SessionsService, { strict: false }));
  refuseOtherSites(server, settings);
  noteEveryRequest(server, app.get(RequestMetrics), logger);
  noteTroubles(server, app.get(Troubles));
  await app.register(cookie);
  closeKeptConnections(server, app.get(Readiness));
  answerRepeatedCalls(server, app.get(IdempotentCalls, { strict: false }));
  const errors = new AppErrorFilter(app.get(PageErrors), settings.publicUrl);
  serveBesideNest(app, settings, errors);
  app.useGlobalFilters(errors);
  return app;
}

/**
 * Files and documentation, on a scope of their own: Nest brings its filters to its own routes only.
 */
function serveBesideNest(
  app: NestFastifyApplication,
  settings: Settings,
  errors: AppErrorFilter,
): void {
  const server = app.getHttpAdapter().getInstance();
  void server.register((scope, _options, done) => {
    scope.setErrorHandler((error, request, reply) => errors.answer(error, request, reply));
    serveFiles(scope, '/static/', STATIC);
    serveProblems(scope);
    serveFiles(scope, '/', [staticFile('favicon.ico')]);
    if (settings.docs) {
      serveDocs(scope, app, settings);
      serveFiles(scope, '/docs/ui/', DOCS_FILES);
    }
    done();
  });
}

function dressEveryAnswer(server: FastifyInstance, { publicUrl }: Settings): void {
  const headers = securityHeaders(publicUrl);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    if (request.headers['traceparent'] !== undefined) keepTrace(request, reply);
    if (isApi(request)) void reply.header('cache-control', 'no-store');
    done();
  });
}

// The route's pattern, not the address: an address may carry what people typed. Read once: Fastify
// makes it anew each time.
function noteEveryRequest(
  server: FastifyInstance,
  metrics: RequestMetrics,
  logger: AppLogger | undefined,
): void {
  server.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    const { id, method } = request;
    const route = request.routeOptions.url;
    metrics.count({ method, route, status: statusCode, milliseconds: elapsedTime });
    const ms = Math.round(elapsedTime * 10) / 10;
    const ip = addressOf(request);
    const user = request.current?.user.id ?? null;
    const refused = request.refused ?? null;
    const trace = request.trace && {
      trace_id: request.trace.traceId,
      parent_id: request.trace.parentId,
    };
    logger?.request({
      request_id: id,
      ...trace,
      method,
      route: route ?? null,
      status: statusCode,
      ms,
      ip,
      user,
      refused,
    });
    done();
  });
}

function keepTrace(request: FastifyRequest, reply: FastifyReply): void {
  const trace = traceOf(request.headers);
  if (trace === null) return;
  request.trace = trace;
  void reply.header('traceparent', trace.header);
}

function noteTroubles(server: FastifyInstance, troubles: Troubles): void {
  server.addHook('onResponse', ({ refusedBy }, { statusCode }, done) => {
    if (statusCode === 503 && refusedBy) troubles.note(refusedBy);
    done();
  });
}
