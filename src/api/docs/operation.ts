import type { OpenAPIObject } from '@nestjs/swagger';
import { exampleOf, type Schema } from './schema.view.js';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
}

interface Content {
  content?: Readonly<Record<string, { schema?: Schema }>>;
}

interface OperationObject {
  operationId?: string;
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Readonly<Record<string, Content & { description?: string }>>;
  security?: object[];
}

/** One call as the page shows it. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  needsToken: boolean;
  parameters: readonly Parameter[];
  body: Schema | undefined;
  /** A body to begin with, as JSON; empty where the call takes none. */
  example: string;
  answers: readonly { status: string; description: string; schema: Schema | undefined }[];
}

/** The calls of an OpenAPI document, in its order. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, OperationObject>).map(([method, operation]) => {
      const body = firstSchema(operation.requestBody);
      return {
        id: operation.operationId ?? `${method}${path}`,
        method,
        path,
        summary: operation.summary ?? '',
        description: operation.description ?? '',
        needsToken: needsToken(operation),
        parameters: operation.parameters ?? [],
        body,
        example: body ? JSON.stringify(exampleOf(body, schemas), null, 2) : '',
        answers: Object.entries(operation.responses).map(([status, answer]) => ({
          status,
          description: answer.description ?? '',
          schema: firstSchema(answer),
        })),
      };
    }),
  );
}

/** A way without a token makes it optional. */
const needsToken = ({ security = [] }: OperationObject): boolean =>
  security.length > 0 && security.every((way) => Object.keys(way).length > 0);

const firstSchema = ({ content }: Content = {}): Schema | undefined =>
  Object.values(content ?? {})[0]?.schema;
