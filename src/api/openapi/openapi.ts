import type { INestApplication } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiOperation,
  DocumentBuilder,
  SwaggerModule,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { MODULE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { z } from 'zod';
import { answerSchemas } from './answer.schemas.js';
import { ApiModule } from '../api.module.js';
import { documentOf, type CallDocument } from './documented.js';
import { ANSWER_HEADERS, responsesOf, schemaRef } from './openapi.responses.js';

interface Operation {
  operationId: string;
  [name: string]: unknown;
}

const TAG = {
  name: 'accounts',
  description: 'Register, confirm, log in, and the account behind a token',
};

const described = new Map<string, CallDocument>();

/**
 * The OpenAPI 3.1 document of the JSON API, from the routes, their zod schemas and what
 * `@Documented` says.
 */
export function openApiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  describeEveryCall();
  const base = new DocumentBuilder()
    .setTitle('Ringback')
    .setDescription(
      'Phone-verified accounts. Every error is `application/problem+json` (RFC 9457); branch on its `code`.',
    )
    .setVersion('1')
    .setContact('Ringback', publicUrl, '')
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    .setOpenAPIVersion('3.1.0')
    .addServer(publicUrl)
    .addTag(TAG.name, TAG.description)
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'The token of a session answer',
    })
    .build();
  delete base.info.contact?.email;
  const document = SwaggerModule.createDocument(app, base, {
    include: [ApiModule],
    autoTagControllers: false,
    standardSchemaConverter: (schema) => ({ schema: bodySchema(schema as z.ZodType) }),
  });
  for (const methods of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(methods as Record<string, Operation>))
      complete(method, operation);
  }
  document.components = {
    ...document.components,
    headers: ANSWER_HEADERS,
    schemas: namedSchemas(),
  };
  return document;
}

/** Throws where a call of the API is not `@Documented`. */
function describeEveryCall(): void {
  if (described.size > 0) return;
  for (const { name, prototype } of controllersOf(ApiModule))
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const handler: unknown = Reflect.get(prototype, method);
      if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) continue;
      const document = documentOf(handler);
      if (!document) throw new Error(`${name}.${method} is not documented.`);
      describe(prototype, method, document);
    }
}

const controllersOf = (module: object) =>
  Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as { name: string; prototype: object }[];

/** What Nest reads from decorators, and from them alone. */
function describe(prototype: object, method: string, document: CallDocument): void {
  const { id, summary, body, sendsDevice, isRepeatable } = document;
  described.set(id, document);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method) ?? {};
  const decorators = [
    ApiOperation({ operationId: id, summary }),
    ...(body ? [ApiBody({ schema: bodySchema(body) as never })] : []),
    ...(sendsDevice ? [ApiHeader(DEVICE)] : []),
    ...(isRepeatable ? [ApiHeader(IDEMPOTENCY_KEY)] : []),
  ];
  for (const decorate of decorators) decorate(prototype, method, descriptor);
}

function complete(method: string, operation: Operation): void {
  const document = described.get(operation.operationId);
  if (!document) return;
  const isGuarded = document.problems.includes('unauthenticated');
  operation['tags'] = [TAG.name];
  operation['description'] = document.summary;
  operation['security'] = [
    ...(document.takesToken ? [{}] : []),
    ...(isGuarded || document.takesToken ? [{ bearer: [] }] : []),
  ];
  operation['responses'] = responsesOf(method, document);
  const body = operation['requestBody'] as
    { required: boolean; content: Record<string, { schema: object }> } | undefined;
  // A schema with a default stands for no body as well.
  if (body)
    body.required = Object.values(body.content).every(({ schema }) => !('default' in schema));
}

function bodySchema(schema: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return json;
}

/** Answers are open, so that a field more breaks nobody; each named schema refers to the others. */
function namedSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answerSchemas)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    io: 'input',
    uri: (id) => schemaRef(id).$ref,
  });
  const named = Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
  return {
    ...named,
    Session: byState('Session', named),
    OpenedSession: byState('OpenedSession', named),
  };
}

/** A union of sessions, with what tells them apart said in words of OpenAPI. */
function byState(
  union: 'Session' | 'OpenedSession',
  named: Readonly<Record<string, object>>,
): object {
  const names = Object.keys(answerSchemas) as (keyof typeof answerSchemas)[];
  const kinds = answerSchemas[union].options.map((kind) => [
    kind.shape.state.value,
    schemaRef(names.find((name) => answerSchemas[name] === kind) ?? '').$ref,
  ]);
  return {
    ...named[union],
    discriminator: { propertyName: 'state', mapping: Object.fromEntries(kinds) as object },
  };
}

const DEVICE = {
  name: 'Ringback-Device',
  required: false,
  description:
    'The `device_token` of an earlier log-in to this account. Where the phone was proven before, tries and messages count ' +
    'apart: what strangers use up does not keep the owner out.',
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A name of your own for this call, best a new UUID: 1 to 128 visible ASCII characters. The same call once more within ' +
    '10 minutes, with the same key, token and body, gets the same answer and does nothing a second time.',
};
