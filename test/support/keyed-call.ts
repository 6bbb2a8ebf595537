import { answerSchemas } from '../../src/api/openapi/answer.schemas.js';

/** What of a call an `Idempotency-Key` is about. */
export interface KeyedCall {
  path: string;
  body?: unknown;
  key?: string;
  token?: string;
  headers?: Record<string, string>;
}

export interface KeyedAnswer {
  status: number;
  text: string;
  code: string | undefined;
  token: string;
  requestId: string | null;
}

/** One POST to the API with an `Idempotency-Key`. */
export async function keyedCall(
  url: string,
  { path, body, key, token, headers }: KeyedCall,
): Promise<KeyedAnswer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { code, token: given } = JSON.parse(text) as { code?: string; token?: string };
  if (code !== undefined) answerSchemas.Problem.parse(JSON.parse(text));
  return {
    status: response.status,
    text,
    code,
    token: given ?? '',
    requestId: response.headers.get('x-request-id'),
  };
}

/** A registration's body. */
export const bodyOf = (form: { username: string; password: string; phoneNumber: string }) => ({
  username: form.username,
  password: form.password,
  phone_number: form.phoneNumber,
});
