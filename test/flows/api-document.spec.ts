import { FIELD_ERROR_CODES } from '../../src/common/errors/field-error-codes.js';
import { OPERATION_IDS } from '../support/operation-ids.js';
import { startApp, type TestApp } from '../support/start-app.js';
import type { ApiDocument } from '../support/strict-api.js';

// As the contract names them: address, method, status of success.
const CALLS = [
  ['/registration', 'post', '201', 'OpenedSession'],
  ['/registration/bot-check', 'get', '200', 'BotCheck'],
  ['/session', 'post', '201', 'OpenedSession'],
  ['/session', 'get', '200', 'Session'],
  ['/session', 'delete', '204', undefined],
  ['/session/confirmation', 'post', '200', 'OpenedSession'],
  ['/session/confirmation/resend', 'post', '202', 'ConfirmationAnswer'],
  ['/session/phone-number', 'put', '200', 'Session'],
  ['/me', 'get', '200', 'User'],
  ['/me', 'patch', '200', 'User'],
  ['/me/password', 'put', '200', 'OpenedSession'],
  ['/me/two-factor', 'put', '200', 'User'],
] as const;

interface Shape {
  $ref?: string;
  oneOf?: Shape[];
  discriminator?: unknown;
  properties?: Record<string, unknown>;
}

// Words of OpenAPI 3.0 that JSON Schema 2020-12, hence OpenAPI 3.1, does not know.
const OF_3_0 = ['nullable', 'x-nullable', 'discriminatorName'];

describe('the OpenAPI document', () => {
  let app: TestApp;
  let document: ApiDocument;
  beforeAll(async () => {
    app = await startApp();
    const response = await fetch(`${app.url}/docs-json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    document = (await response.json()) as ApiDocument;
  });
  afterAll(() => app.close());

  it('is OpenAPI 3.1, with what that requires', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document).toMatchObject({
      info: { title: expect.any(String) as string, version: expect.any(String) as string },
    });
    for (const operations of Object.values(document.paths)) {
      for (const { responses } of Object.values(operations)) {
        expect(Object.keys(responses).length).toBeGreaterThan(0);
        for (const [status, { description }] of Object.entries(responses)) {
          expect(status).toMatch(/^[2-5]\d\d$/);
          expect(description).toEqual(expect.any(String));
        }
      }
    }
  });

  it('covers each call of the contract, and no other', () => {
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(told.sort()).toEqual(CALLS.map(([path, method]) => `${method} /api/v1${path}`).sort());
  });

  it.each(CALLS)('tells what %s (%s) answers', (path, method, status, schema) => {
    const { responses } = document.paths[`/api/v1${path}`]![method]!;
    expect(Object.keys(responses).filter((code) => code.startsWith('2'))).toEqual([status]);
    const told = responses[status]!.content?.['application/json']?.schema.$ref;
    expect(told).toBe(schema === undefined ? undefined : `#/components/schemas/${schema}`);
  });

  it('has a body for the calls that take one', () => {
    const withBody = CALLS.filter(
      ([path, method]) => document.paths[`/api/v1${path}`]![method]!.requestBody !== undefined,
    );
    expect(withBody.map(([, method]) => method)).not.toContain('get');
    expect(withBody).toHaveLength(8);
  });

  it('says which calls need a token', () => {
    const waysOf = ([path, method]: (typeof CALLS)[number]) =>
      document.paths[`/api/v1${path}`]![method]!.security;
    const named = (ways: object[]) =>
      CALLS.filter((call) => JSON.stringify(waysOf(call)) === JSON.stringify(ways));
    expect(named([]).map(([path]) => path)).toEqual(['/registration/bot-check']);
    const optional = named([{}, { bearer: [] }]).map(([path, method]) => `${method} ${path}`);
    expect(optional).toEqual(['post /registration', 'post /session']);
    expect(named([{ bearer: [] }])).toHaveLength(CALLS.length - 3);
    expect(document.components.securitySchemes).toEqual({
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'opaque',
        description: expect.any(String) as string,
      },
    });
  });

  it('names each operation, whatever a bundler makes of classes', () => {
    const names = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(names.sort()).toEqual([...OPERATION_IDS].sort());
  });

  it('says which bodies may be left out', () => {
    const optional = CALLS.filter(
      ([path, method]) =>
        document.paths[`/api/v1${path}`]![method]!.requestBody?.required === false,
    );
    expect(optional.map(([path]) => path)).toEqual(['/session/confirmation/resend']);
  });

  it('tells sessions apart by their state, and names what they hold', () => {
    const { Session, ActiveSession, PendingSession } = document.components.schemas as Record<
      string,
      Shape
    >;
    const refs = ['ActiveSession', 'PendingSession', 'PasswordChangeSession'].map(
      (name) => `#/components/schemas/${name}`,
    );
    expect(Session!.oneOf!.map(({ $ref }) => $ref)).toEqual(refs);
    const states = ['active', 'confirmation_required', 'password_change_required'];
    const mapping = Object.fromEntries(states.map((state, at) => [state, refs[at]]));
    expect(Session!.discriminator).toEqual({ propertyName: 'state', mapping });
    expect(ActiveSession!.properties!['user']).toEqual({ $ref: '#/components/schemas/User' });
    expect(JSON.stringify(PendingSession!.properties!['confirmation'])).toContain(
      '"#/components/schemas/Confirmation"',
    );
    expect(PendingSession!.properties).toHaveProperty('absolute_expires_at');
  });

  it('leaves answers open for fields to come', () => {
    for (const [name, schema] of Object.entries(document.components.schemas))
      expect([name, JSON.stringify(schema).includes('"additionalProperties":false')]).toEqual([
        name,
        false,
      ]);
  });

  it('lists why a field can be refused, and the headers of answers', () => {
    const { FieldError } = document.components.schemas as Record<string, Shape>;
    expect(FieldError!.properties!['code']).toMatchObject({ enum: [...FIELD_ERROR_CODES] });
    for (const operations of Object.values(document.paths)) {
      for (const { responses } of Object.values(operations)) {
        for (const { headers } of Object.values(responses))
          expect(Object.keys(headers ?? {})).toContain('X-Request-Id');
        expect(Object.keys(responses['429']!.headers!)).toEqual(
          expect.arrayContaining(['Retry-After', 'RateLimit']),
        );
        for (const status of ['400', '408', '429', '431', '500', '503'])
          expect(Object.keys(responses)).toContain(status);
      }
    }
  });

  it('refers to nothing that is not there', () => {
    const references = [
      ...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g),
    ];
    expect(references.length).toBeGreaterThan(10);
    const components: Record<string, object> = document.components;
    for (const [, kind, name] of references)
      expect(Object.keys(components[kind!]!)).toContain(name);
  });

  it('uses no word of OpenAPI 3.0', () => {
    const text = JSON.stringify(document);
    for (const word of OF_3_0) expect(text).not.toContain(`"${word}"`);
  });

  it('shows no secret and answers the same twice', async () => {
    expect(await (await fetch(`${app.url}/docs-json`)).json()).toEqual(document);
    expect(JSON.stringify(document)).not.toMatch(/\/dev\/inbox|\/admin/);
  });

  it('has a page, and neither is there with DOCS=off', async () => {
    expect((await fetch(`${app.url}/docs`)).status).toBe(200);
    const without = await startApp({ environment: { DOCS: 'off' } });
    for (const path of ['/docs', '/docs-json', '/docs/ui/docs.js'])
      expect((await fetch(`${without.url}${path}`)).status).toBe(404);
    await without.close();
  });
});
