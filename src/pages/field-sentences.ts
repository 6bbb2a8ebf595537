import type { AppError } from '../common/errors/app-error.js';
import { waitText } from '../common/text/wait-text.js';
import type { FieldErrors } from './views/field-errors.js';

/**
 * An error's sentences by field, under the page's own field names; what has no field concerns the
 * form as a whole.
 */
export function sentencesOf(
  error: AppError,
  names: Readonly<Record<string, string>> = {},
): FieldErrors {
  const { fields = [], retryAfter } = error.params;
  if (fields.length === 0) {
    const wait = retryAfter ? ` You can try again in ${waitText(retryAfter)}.` : '';
    return { [names[error.code] ?? 'form']: [`${error.message}${wait}`] };
  }
  const found: Record<string, string[]> = {};
  for (const { field, detail } of fields) (found[names[field] ?? field] ??= []).push(detail);
  return found;
}

/** The numbers that what was typed can mean, where it means several. */
export const choicesOf = ({ params }: AppError): readonly string[] =>
  params.fields?.flatMap((field) => field.choices ?? []) ?? [];
