import { AppError } from './app-error.js';

export interface ErrorDescription {
  /** The error's name, e.g. `QueryFailedError`; of what is no error, its type. */
  error: string;
  /** The product's or the driver's own, e.g. `busy`, `SQLITE_BUSY`. */
  code?: string;
  /** Of an AppError only: others may hold what people typed, or a query's parameters. */
  message?: string;
  /** Where it happened, without the message in front. */
  stack?: string;
  cause?: ErrorDescription;
}

const MOST_FRAMES = 12;
const MOST_CAUSES = 3;
/**
 * A whole frame as V8 writes it, with its place: in a stack given as text a message's own lines
 * stand in front.
 */
const FRAME = /^ {4}at .*(:\d+:\d+\)?|\((<anonymous>|native)\))$/;
/** What drivers and Node use: no blanks, so that no sentence passes for a code. */
const CODE = /^\w{1,60}$/;

/** What a log may tell of something thrown: its name, its code and where it happened. */
export function describeError(thrown: unknown, causes = MOST_CAUSES): ErrorDescription {
  if (!isErrorLike(thrown)) return { error: typeof thrown };
  const { name, message, stack, cause } = thrown;
  const code =
    'code' in thrown && typeof thrown.code === 'string' && CODE.test(thrown.code)
      ? thrown.code
      : undefined;
  return {
    error: name,
    ...(code === undefined ? {} : { code }),
    ...(thrown instanceof AppError ? { message } : {}),
    ...(stack === undefined ? {} : { stack: framesOf(stack.replace(message, '')) }),
    ...(cause !== undefined && causes > 0 ? { cause: describeError(cause, causes - 1) } : {}),
  };
}

/**
 * Not by `instanceof` alone: drivers throw errors of their own making, and other realms have
 * another Error.
 */
export const isErrorLike = (value: unknown): value is Error =>
  value instanceof Error ||
  (typeof value === 'object' &&
    value !== null &&
    'stack' in value &&
    typeof value.stack === 'string' &&
    'name' in value &&
    typeof value.name === 'string' &&
    'message' in value &&
    typeof value.message === 'string');

/** The lines of a stack that tell where. */
export const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .join('\n');
