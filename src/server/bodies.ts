import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse } from 'node:querystring';
import { AppError } from '../common/errors/app-error.js';
import { parseJsonBody } from '../common/text/json-body.js';
import { TEXT_LIMITS } from '../common/limits/text-limits.js';

const MOST_FIELDS = 50;

/**
 * The route's pattern; where none was found the address as it may have been meant: `/API//v1`,
 * `/%61pi`.
 */
export const placeOf = ({ routeOptions, url }: FastifyRequest): string =>
  routeOptions.url ?? plainPath(url);

/** Which face answers, by the route that was found: an address can be spelled in many ways. */
export const isApi = (request: FastifyRequest): boolean =>
  /^\/(api|delivery)(\/|$)/.test(placeOf(request));

/** A gateway's report. It signs the bytes it sent, so nobody may read them first. */
export const isReceipt = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url?.startsWith('/delivery/') ?? false;

/**
 * JSON for programs, forms for pages, nothing else: whatever else has a body is
 * `unsupported_media_type`.
 */
export function registerBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isReceipt(request)) return receive(body, done);
    if (!isApi(request)) return done(new AppError('unsupported_media_type'));
    attempt(() => parseJsonBody(String(body)), done);
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (isReceipt(request)) return receive(body, done);
      if (isApi(request)) return done(new AppError('unsupported_media_type'));
      attempt(() => parseForm(String(body)), done);
    },
  );
  // Amazon SNS calls its JSON that.
  server.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (request, body, done) => {
    if (isReceipt(request)) return receive(body, done);
    done(new AppError('unsupported_media_type'));
  });
}

/** As it came, for its signature; but no gateway sends that much. */
function receive(body: string | Buffer, done: (error: Error | null, body?: unknown) => void): void {
  if (body.length > TEXT_LIMITS.callback) return done(new AppError('payload_too_large'));
  done(null, body);
}

function parseForm(text: string): object {
  // Node's parser would leave out what is beyond the limit, without a word.
  if (text.split('&', MOST_FIELDS + 1).length > MOST_FIELDS)
    throw new AppError('malformed_request', { detail: 'The form has too many fields.' });
  return { ...parse(text) };
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

/** Of an address: its path, decoded, in lower case, without doubled slashes. */
export function plainPath(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1);
  return decoded(path).toLowerCase().replace(/\/+/g, '/');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
