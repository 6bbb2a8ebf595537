import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse } from 'node:querystring';
import { AppError } from './common/app-error.js';
import { parseJsonBody } from './common/json-body.js';

const MOST_FIELDS = 50;

/** Which face answers, by the route that was found: an address can be spelled in many ways. */
export const isApi = (request: FastifyRequest): boolean => /^\/(api|delivery)\//.test(request.routeOptions.url ?? request.url);

// A gateway signs the bytes it sent, so nobody may read them first.
const isReceipt = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url?.startsWith('/delivery/') ?? false;

/** JSON for programs, forms for pages, nothing else: whatever else has a body is `unsupported_media_type`. */
export function registerBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isReceipt(request)) return done(null, body);
    if (!isApi(request)) return done(new AppError('unsupported_media_type'));
    attempt(() => parseJsonBody(String(body)), done);
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (request, body, done) => {
    if (isReceipt(request)) return done(null, body);
    if (isApi(request)) return done(new AppError('unsupported_media_type'));
    attempt(() => ({ ...parse(String(body), undefined, undefined, { maxKeys: MOST_FIELDS }) }), done);
  });
  // Amazon SNS calls its JSON that.
  server.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (request, body, done) => {
    if (isReceipt(request)) return done(null, body);
    done(new AppError('unsupported_media_type'));
  });
}

function attempt(parse: () => unknown, done: (error: Error | null, body?: unknown) => void): void {
  let body: unknown;
  try {
    body = parse();
  } catch (error) {
    return done(error instanceof Error ? error : new AppError('malformed_request'));
  }
  done(null, body);
}
