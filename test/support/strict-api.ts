import { answerSchemas } from '../../src/api/openapi/answer.schemas.js';

type Json = Record<string, unknown>;
interface Response {
  description: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema: { $ref: string } }>;
}
type Responses = Record<string, Response>;

interface Operation {
  operationId: string;
  responses: Responses;
  security?: unknown[];
  requestBody?: {
    required?: boolean;
    content: Record<string, { schema: { properties?: object } }>;
  };
}

/** What of an OpenAPI document the tests read. */
export interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: object };
}

export interface StrictAnswer {
  status: number;
  headers: Headers;
  body: Json;
}

interface Call {
  json?: unknown;
  /** A body as it is, sent as `type`. */
  raw?: string;
  type?: string;
  headers?: Record<string, string>;
}

/**
 * A client that holds the API to its own documentation: answers by their schema and no key more,
 * error codes as listed.
 */
export class StrictApi {
  constructor(
    private readonly url: string,
    private readonly document: ApiDocument,
    private readonly token?: string,
  ) {}

  static async at(url: string): Promise<StrictApi> {
    return new StrictApi(url, (await (await fetch(`${url}/docs-json`)).json()) as ApiDocument);
  }

  /** The same client with a session's token. */
  as(token: unknown): StrictApi {
    return new StrictApi(this.url, this.document, String(token));
  }

  async call(method: string, path: string, call: Call = {}): Promise<StrictAnswer> {
    const { json, raw, type = 'application/json', headers = {} } = call;
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined || type === '' ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: type === '' ? Buffer.from(body) : body }),
    });
    const text = await response.text();
    const answer = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Json),
    };
    this.judge(method, path, answer, text);
    return answer;
  }

  private judge(
    method: string,
    path: string,
    { status, headers, body }: StrictAnswer,
    text: string,
  ): void {
    expect(headers.getSetCookie()).toEqual([]);
    expect(headers.get('cache-control')).toBe('no-store');
    const known =
      this.document.paths[`/api/v1${path.replace(/\/$/, '')}`]?.[method.toLowerCase()]?.responses;
    const told = known?.[status];
    if (status >= 400) {
      judgeProblem(status, headers, body);
      if (known) expect(told?.description.split(', ')).toContain(body['code']);
    } else {
      const name = told?.content?.['application/json']?.schema.$ref.split('/').at(-1) as
        keyof typeof answerSchemas | undefined;
      if (name === undefined) expect(text).toBe('');
      else expect(answerSchemas[name].parse(body)).toEqual(body);
    }
  }
}

function judgeProblem(status: number, headers: Headers, body: Json): void {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answerSchemas.Problem.parse(body)).toEqual(body);
  expect(body['status']).toBe(status);
  expect(body['request_id']).toBe(headers.get('x-request-id'));
  const retryAfter = headers.get('retry-after');
  expect(retryAfter === null ? undefined : Number(retryAfter)).toBe(body['retry_after']);
}
