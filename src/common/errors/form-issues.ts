import { AppError, type FieldError } from './app-error.js';

/** Unknown fields that an error names; a body of ours has ten. */
const MOST_NAMED = 20;

export const REQUIRED = 'This field is required.';

/**
 * One complaint of a schema, as Standard Schema gives it; zod adds a code and the names of unknown
 * keys.
 */
export interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  keys?: readonly string[];
}

/**
 * Wrong types and unknown fields: `malformed_request`. Only missing or empty values:
 * `validation_failed`.
 */
export function errorFromIssues(issues: readonly Issue[]): AppError {
  const isMissing = ({ message }: Issue) => message === REQUIRED;
  if (issues.every(isMissing))
    return AppError.invalid(...issues.flatMap((issue) => fieldsOf(issue, 'required')));
  return new AppError('malformed_request', {
    fields: issues
      .filter((issue) => !isMissing(issue))
      .flatMap((issue) => fieldsOf(issue, 'invalid')),
  });
}

function fieldsOf(
  { message, path = [], keys, code }: Issue,
  word: 'required' | 'invalid',
): FieldError[] {
  const at = path.map((part) => String(typeof part === 'object' ? part.key : part));
  if (code === 'unrecognized_keys')
    return (keys ?? []).slice(0, MOST_NAMED).map((key) => ({
      field: [...at, key.slice(0, 100)].join('/'),
      code: 'unknown_field',
      detail: 'is not known here',
    }));
  return [{ field: at.join('/'), code: word, detail: message }];
}
