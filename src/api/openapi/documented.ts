import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { ErrorCode } from '../../common/errors/error-table.js';
import type { answerSchemas } from './answer.schemas.js';

/** What the API's documentation says of one call. */
export interface CallDocument {
  /** Name of the operation for generated clients. Written out: bundlers rename classes. */
  id: string;
  summary: string;
  /** HTTP status of success. */
  status: number;
  /** Name of the answer's schema; none: no body. */
  answer?: keyof typeof answerSchemas;
  /** The body's schema, where no `@ValidBody(schema)` names it. */
  body?: z.ZodType;
  /** A token may come along, and need not. */
  takesToken?: boolean;
  /** It takes the device token of an earlier log-in. */
  sendsDevice?: boolean;
  /** It takes an `Idempotency-Key`. */
  isRepeatable?: boolean;
  /** Error codes worth telling, beside those that any call may answer. */
  problems: readonly ErrorCode[];
}

const DOCUMENT = 'api:document';

/** Read when the documentation is first asked for, so that nothing of it slows the start. */
export const Documented = (document: CallDocument) => SetMetadata(DOCUMENT, document);

export const documentOf = (handler: object): CallDocument | undefined =>
  Reflect.getMetadata(DOCUMENT, handler) as CallDocument | undefined;
