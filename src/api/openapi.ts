import type { INestApplication } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
  DocumentBuilder,
  SwaggerModule,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { z } from 'zod';
import { ERROR_TABLE, type ErrorCode } from '../common/error-table.js';
import { answerSchemas } from './answer.schemas.js';
import { ApiModule } from './api.module.js';
import { documentedCalls, type CallDocument } from './documented.js';

const jsonSchema = (schema: unknown) =>
  z.toJSONSchema(schema as z.ZodType, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
const withoutDialect = ({ $schema, ...schema }: ReturnType<typeof jsonSchema>) => schema;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The OpenAPI 3.1 document of the JSON API, from the routes, their zod schemas and what `@Documented` says. */
export function openApiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  for (const { prototype, method, document } of documentedCalls.splice(0)) describe(prototype, method, document);
  const base = new DocumentBuilder()
    .setTitle('Ringback')
    .setDescription('Phone-verified accounts. Every error is `application/problem+json` (RFC 9457); branch on its `code`.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addServer(publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The opaque token of a session answer' })
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    include: [ApiModule],
    autoTagControllers: false,
    operationIdFactory: (controller, method) => nameOf(controller.replace('Controller', ''), method),
    standardSchemaConverter: (schema) => ({ schema: withoutDialect(jsonSchema(schema)) }),
  });
  const schemas = Object.fromEntries(
    Object.entries(answerSchemas).map(([name, schema]) => [name, withoutDialect(z.toJSONSchema(schema))]),
  );
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...schemas } as never };
  return document;
}

function describe(prototype: object, method: string, document: CallDocument): void {
  const { summary, status, answer, body, sendsDevice, isRepeatable, problems } = document;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method) ?? {};
  const decorate = (...decorators: MethodDecorator[]) =>
    decorators.forEach((decorator) => decorator(prototype, method, descriptor));
  decorate(
    ApiOperation({ summary }),
    ApiResponse({ status, description: 'Done', ...(answer ? { content: { 'application/json': { schema: ref(answer) } } } : {}) }),
  );
  if (body) decorate(ApiBody({ schema: withoutDialect(jsonSchema(body)) as never }));
  if (sendsDevice) decorate(ApiHeader(DEVICE));
  if (isRepeatable) decorate(ApiHeader(IDEMPOTENCY_KEY));
  if (problems.includes('unauthenticated')) decorate(ApiBearerAuth());
  for (const [code, codes] of byStatus(withCommon(isRepeatable ? [...problems, ...OF_REPEATED] : problems))) {
    decorate(
      ApiResponse({
        status: code,
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      }),
    );
  }
  decorate(ApiTags('accounts'));
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

/** `sessionShow`: names of methods alone are not unique. */
const nameOf = (room: string, method: string): string =>
  `${room.charAt(0).toLowerCase()}${room.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;

const OF_REPEATED: readonly ErrorCode[] = ['idempotency_key_in_use', 'idempotency_key_reused'];
const OF_BODIES: readonly ErrorCode[] = ['cross_site_request', 'payload_too_large', 'unsupported_media_type'];

/** What any call may answer, and any call with a body: whoever reads a body can find it malformed. */
function withCommon(problems: readonly ErrorCode[]): ErrorCode[] {
  const ofBodies = problems.includes('malformed_request') ? OF_BODIES : [];
  return [...new Set<ErrorCode>([...problems, ...ofBodies, 'too_many_requests', 'busy', 'internal_error'])];
}

function byStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const found = new Map<number, ErrorCode[]>();
  for (const code of codes) found.set(ERROR_TABLE[code].status, [...(found.get(ERROR_TABLE[code].status) ?? []), code]);
  return found;
}
