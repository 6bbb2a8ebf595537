import { visit } from 'jsonc-parser';
import { AppError } from './app-error.js';

const DEEPEST = 20;
/** Values in all, of a body whose largest honest one has about ten. */
const MOST_VALUES = 100;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON as RFC 8259 has it, but names must be unique (RFC 7493, 2.3) and harmless, nesting shallow, values few. Throws
 * `malformed_request`.
 */
export function parseJsonBody(text: string): unknown {
  if (text === '') return undefined;
  checkNames(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('malformed_request', { detail: 'The body is not JSON.', cause: error });
  }
}

function checkNames(text: string): void {
  const objects: Set<string>[] = [];
  let depth = 0;
  let values = 0;
  const meet = () => {
    values += 1;
    if (values > MOST_VALUES) throw new AppError('malformed_request', { detail: 'The body holds too many values.' });
  };
  const enter = () => {
    meet();
    depth += 1;
    if (depth > DEEPEST) throw new AppError('malformed_request', { detail: 'The body is nested too deeply.' });
  };
  visit(text, {
    onObjectBegin: () => {
      enter();
      objects.push(new Set());
    },
    onArrayBegin: enter,
    onLiteralValue: meet,
    onArrayEnd: () => void (depth -= 1),
    onObjectEnd: () => {
      depth -= 1;
      objects.pop();
    },
    onObjectProperty: (name) => {
      const names = objects.at(-1);
      if (FORBIDDEN.has(name)) throw nameError(name, 'unknown_field', 'is not known here');
      if (names?.has(name)) throw nameError(name, 'duplicate_field', 'is given twice');
      names?.add(name);
    },
  });
}

const nameError = (name: string, code: string, detail: string): AppError =>
  new AppError('malformed_request', { fields: [{ field: name.slice(0, 100), code, detail }] });
