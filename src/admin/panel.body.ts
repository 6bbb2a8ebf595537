import multipart, { type Multipart } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../common/errors/app-error.js';
import { TEXT_LIMITS } from '../common/limits/text-limits.js';

/** AdminJS unfolds `a.b` into objects by these very names. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const LIMITS = {
  fieldNameSize: 100,
  fieldSize: TEXT_LIMITS.panelValue,
  fields: 200,
  parts: 200,
  files: 0,
};

/**
 * AdminJS' page sends forms as multipart and nothing else; files are refused. Over-long values,
 * which the parser cuts silently, are 413.
 */
export function readForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  void scope.register(multipart, { attachFieldsToBody: true, limits: LIMITS });
  scope.addHook('preValidation', (request, _reply, done) => {
    try {
      request.body = flatten(request.body);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new AppError('malformed_request'));
    }
  });
}

/** The fields of a form, each once; empty without a form. */
export const bodyOf = (request: FastifyRequest): Record<string, string> =>
  (request.body ?? {}) as Record<string, string>;

function flatten(body: unknown): Record<string, string> {
  const fields = Object.entries(
    (body ?? {}) as Record<string, Multipart | Multipart[] | undefined>,
  );
  if (fields.some(([name]) => name.split('.').some((part) => FORBIDDEN.has(part))))
    throw new AppError('malformed_request');
  return Object.fromEntries(fields.map(([name, part]) => [name, valueOf(part)]));
}

function valueOf(part: Multipart | Multipart[] | undefined): string {
  if (
    part === undefined ||
    Array.isArray(part) ||
    part.type !== 'field' ||
    typeof part.value !== 'string'
  )
    throw new AppError('malformed_request');
  if (part.valueTruncated || part.fieldnameTruncated) throw new AppError('payload_too_large');
  return part.value;
}
