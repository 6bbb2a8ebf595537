import { Body, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { errorFromIssues } from '../common/errors/form-issues.js';

const validation = new StandardSchemaValidationPipe({ exceptionFactory: errorFromIssues });

/**
 * The body, checked by a schema. Not by a global pipe: that one would run for every other parameter
 * as well, and so with each check of a session.
 */
export const ValidBody = (schema: z.ZodType): ParameterDecorator =>
  Body({ schema, pipes: [validation] });
