import type { z } from 'zod';
import { errorFromIssues } from '../common/errors/form-issues.js';

/**
 * A body by its schema, where Nest's pipe does not reach (guards run before pipes). Throws
 * `malformed_request`, `validation_failed`.
 */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw errorFromIssues(parsed.error.issues);
  return parsed.data;
}
