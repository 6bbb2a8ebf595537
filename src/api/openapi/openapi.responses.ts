import { ERROR_TABLE, type ErrorCode } from '../../common/errors/error-table.js';
import { isSafe } from '../../common/net/cross-site.js';
import type { CallDocument } from './documented.js';

export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** Headers of answers, by their name. */
export const ANSWER_HEADERS = {
  'X-Request-Id': header('string', 'Finds this request in the log; `request_id` of a problem'),
  'Retry-After': header('integer', 'Seconds to wait; `retry_after` of a problem'),
  RateLimit: header(
    'string',
    'What is left, by limit: `"any";r=1187;t=42` (draft-ietf-httpapi-ratelimit-headers)',
  ),
  'RateLimit-Policy': header('string', 'The limits that counted this call: `"any";q=1200;w=60`'),
  'WWW-Authenticate': header('string', '`Bearer`'),
};

/** What any call may answer, and any that changes something. */
const OF_ALL: readonly ErrorCode[] = [
  'malformed_request',
  'request_timeout',
  'too_many_requests',
  'headers_too_large',
  'internal_error',
  'busy',
];
const OF_UNSAFE: readonly ErrorCode[] = [
  'cross_site_request',
  'payload_too_large',
  'unsupported_media_type',
];
const OF_REPEATABLE: readonly ErrorCode[] = ['idempotency_key_in_use', 'idempotency_key_reused'];

/**
 * The `responses` of a call: its success, and each status at which it can be refused, with the
 * codes that mean it.
 */
export function responsesOf(
  method: string,
  { status, answer, problems, isRepeatable }: CallDocument,
): object {
  const codes = [
    ...problems,
    ...OF_ALL,
    ...(isSafe(method) ? [] : OF_UNSAFE),
    ...(isRepeatable ? OF_REPEATABLE : []),
  ];
  const content = answer && { content: { 'application/json': { schema: schemaRef(answer) } } };
  const done = {
    description: 'Done',
    headers: headersOf(['X-Request-Id', 'RateLimit', 'RateLimit-Policy']),
    ...content,
  };
  const refusals = [...byStatus(new Set(codes))].map(([refusal, names]) => [
    refusal,
    {
      description: names.join(', '),
      headers: headersOf(headersAt(refusal)),
      content: { 'application/problem+json': { schema: schemaRef('Problem') } },
    },
  ]);
  return Object.fromEntries([[status, done], ...refusals]) as object;
}

type HeaderName = keyof typeof ANSWER_HEADERS;

const headersOf = (names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, headerRef(name)]));

function headersAt(status: number): HeaderName[] {
  // What makes no whole request is answered by the connection, before anything counts it.
  if (status === 408) return ['X-Request-Id'];
  const waits =
    status === 429 || status === 503 || status === 409 ? (['Retry-After'] as const) : [];
  const challenge = status === 401 ? (['WWW-Authenticate'] as const) : [];
  return ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', ...waits, ...challenge];
}

function byStatus(codes: ReadonlySet<ErrorCode>): Map<number, ErrorCode[]> {
  const found = new Map<number, ErrorCode[]>();
  for (const code of codes)
    found.set(ERROR_TABLE[code].status, [...(found.get(ERROR_TABLE[code].status) ?? []), code]);
  return found;
}

function header(type: string, description: string) {
  return { description, schema: { type } };
}
