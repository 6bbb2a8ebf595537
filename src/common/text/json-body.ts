import { AppError } from '../errors/app-error.js';
import type { FieldErrorCode } from '../errors/field-error-codes.js';

const DEEPEST = 20;
/** Values in all, of a body whose largest honest one has about ten. */
const MOST_VALUES = 100;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/**
 * Strings, and the signs between values. What no string closes goes to the end: looked at once, not
 * from each of its signs.
 */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\]:,]/gs;

/**
 * JSON as RFC 8259 has it, but names must be unique (RFC 7493, 2.3) and harmless, nesting shallow,
 * values few. Throws `malformed_request`.
 */
export function parseJsonBody(text: string): unknown {
  if (text === '') return undefined;
  checkShape(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(error);
  }
}

/**
 * Before parsing: JSON.parse takes any depth and number, and of two values of one name keeps the
 * last without a word.
 */
function checkShape(text: string): void {
  const open: Set<string>[] = [];
  let values = 0;
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[' || token === ',') values += 1;
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']' ? !open.pop() : isString(token) && isString(last))
      throw notJson();
    else if (token === ':') checkName(last, open.at(-1));
    if (open.length > DEEPEST)
      throw new AppError('malformed_request', { detail: 'The body is nested too deeply.' });
    if (values > MOST_VALUES)
      throw new AppError('malformed_request', { detail: 'The body holds too many values.' });
    last = token;
  }
}

function checkName(quoted: string, names: Set<string> | undefined): void {
  const name = unquoted(quoted);
  if (FORBIDDEN.has(name)) throw nameError(name, 'unknown_field', 'is not known here');
  if (names?.has(name)) throw nameError(name, 'duplicate_field', 'is given twice');
  names?.add(name);
}

function unquoted(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch (error) {
    throw notJson(error);
  }
}

const isString = (token: string): boolean => token.startsWith('"');

const notJson = (cause?: unknown) =>
  new AppError('malformed_request', { detail: 'The body is not JSON.', cause });

const nameError = (name: string, code: FieldErrorCode, detail: string): AppError =>
  new AppError('malformed_request', { fields: [{ field: name.slice(0, 100), code, detail }] });
