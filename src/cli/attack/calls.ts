import type { Answer } from './exchange.js';
import type { Target } from './target.js';

interface Call {
  token?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** One call of the JSON API, `path` below `/api/v1`. A string as body goes as it is. */
export function call(target: Target, method: string, path: string, { token, body, headers }: Call = {}): Promise<Answer> {
  return target.send({
    method,
    path: `/api/v1${path}`,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export const confirm = (target: Target, token: string, code: string): Promise<Answer> =>
  call(target, 'POST', '/session/confirmation', { token, body: { code } });

/** A page, with a cookie as `name=value`. */
export const visit = (target: Target, path: string, cookie = ''): Promise<Answer> =>
  target.send({ method: 'GET', path, headers: cookie === '' ? {} : { cookie } });

/** A form sent from the target's own page. */
export function submit(target: Target, path: string, fields: Readonly<Record<string, string>>, cookie = ''): Promise<Answer> {
  return target.send({
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...(cookie === '' ? {} : { cookie }),
    },
    body: new URLSearchParams(fields).toString(),
  });
}

/** Six digits that are not the code. */
export const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');
