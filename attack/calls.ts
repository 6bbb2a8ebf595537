import type { Answer, Wire } from './exchange.js';

interface Call {
  token?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** One call of the JSON API, `path` below `/api/v1`. A string as body goes as it is. */
export function call(
  wire: Wire,
  method: string,
  path: string,
  { token, body, headers }: Call = {},
): Promise<Answer> {
  return wire.send({
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

export const confirm = (wire: Wire, token: string, code: string): Promise<Answer> =>
  call(wire, 'POST', '/session/confirmation', { token, body: { code } });

/** A page, with a cookie as `name=value`. */
export const visit = (wire: Wire, path: string, cookie = ''): Promise<Answer> =>
  wire.send({ method: 'GET', path, headers: cookie === '' ? {} : { cookie } });

/** A token as the page cookie, under the name it has on https or on http. */
export const cookieOf = (token: string): string => `session=${token}; __Host-session=${token}`;

/** A form sent from the target's own page. */
export function submit(
  wire: Wire,
  path: string,
  fields: Readonly<Record<string, string>>,
  cookie = '',
): Promise<Answer> {
  return wire.send({
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
