import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Fields of the query and of the body (form or JSON) together, the API key left out. */
  params: Readonly<Record<string, string>>;
  /** From header, query or body. */
  key: string | undefined;
}

/**
 * Reads a request whole: old clients put a form body on a GET, others send JSON. Throws on invalid
 * UTF-8 or JSON.
 */
export async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));

  const url = request.url ?? '/';
  const query = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
  const { api_key: keyInParams, ...params } = {
    ...query,
    ...readBody(text, request.headers['content-type']),
  };
  const key = request.headers['x-authy-api-key'] ?? keyInParams;
  return {
    method: request.method ?? '',
    url,
    headers: request.headers,
    params,
    key: Array.isArray(key) ? key[0] : key,
  };
}

function readBody(text: string, type = ''): Record<string, string> {
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(text));
  const fields: unknown = text === '' ? {} : JSON.parse(text);
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, value]) => [name, String(value)]),
  );
}
