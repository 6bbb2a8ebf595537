import type { LoggerService } from '@nestjs/common';
import { pino, type Logger, type DestinationStream } from 'pino';
import { describeError, framesOf, isErrorLike } from '../../common/errors/error-description.js';
import { SettingsError } from '../../config/settings-error.js';
import type { Settings } from '../../config/settings.js';

/**
 * Tokens, authorizations, full phone numbers and passwords of databases are masked in a line,
 * whatever text they stand in. Codes are not: six digits look like any number, so nobody may log
 * one.
 */
const REDACTED: readonly [RegExp, string][] = [
  [/\+\d{7,15}(?=\D|$)/g, '+•••'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 •••'],
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, '•••'],
  [/((?:mysql|rediss?):\/\/)[^@\s]+@/g, '$1•••@'],
];

/** How deep and how far a logged value is followed; what lies beyond is left out. */
const DEPTH = 5;
const VALUES = 200;

/** Which of Nest's own contexts tell every route and module at start. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

type Level = 'info' | 'error' | 'warn' | 'debug';

/**
 * Nest's logger as structured JSON lines, redacted. Of errors a line tells name, code and stack
 * frames, of AppErrors the message too.
 */
export class AppLogger implements LoggerService {
  private readonly pino: Logger;

  constructor({ logLevel }: Pick<Settings, 'logLevel'>, destination: DestinationStream) {
    const options = {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
    };
    this.pino = pino(options, destination);
  }

  /** The line of an answered request, of fields that hold no secrets: nothing of it is masked. */
  request(fields: Readonly<Record<string, string | number | null>>): void {
    this.pino.info(fields, 'request');
  }

  log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    this.write(
      typeof context === 'string' && FRAMEWORK.has(context) ? 'debug' : 'info',
      message,
      rest,
    );
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // Whoever started this program is told in sentences, by main.ts; Nest's stack before them says
    // nothing more.
    if (message instanceof SettingsError) return;
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    this.pino[level](redactDeeply({ ...detailsOf(rest), ...lineOf(message) }));
    if (level === 'error') this.pino.flush();
  }
}

/**
 * Nest appends, in this order: anything, a stack, the context. Whoever has no context ends with the
 * stack.
 */
function detailsOf(rest: readonly unknown[]): object {
  const given = rest.filter((value) => value !== undefined);
  const last = given.at(-1);
  const context = typeof last === 'string' && !last.includes('\n') ? last : undefined;
  const before = context === undefined ? given : given.slice(0, -1);
  const stack = before.find((value) => typeof value === 'string' && value.includes('\n'));
  const more = before.filter((value) => value !== stack);
  return {
    ...(context === undefined ? {} : { context }),
    ...(stack === undefined ? {} : { stack }),
    ...(more.length > 0 ? { more } : {}),
  };
}

function lineOf(message: unknown): object {
  if (isErrorLike(message)) {
    const { message: said, ...described } = describeError(message);
    return { ...described, msg: said ?? described.error };
  }
  return typeof message === 'object' && message !== null
    ? message
    : { msg: typeof message === 'string' ? message : String(message) };
}

/**
 * A copy without secrets, at most DEPTH deep and VALUES wide: no line grows with what somebody
 * sent.
 */
function redactDeeply(line: object): object {
  let left = VALUES;
  const visit = (value: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof value === 'string') return redact(value);
    if (typeof value === 'bigint') return String(value);
    if (value instanceof Date) return value.toJSON();
    if (typeof value !== 'object' || value === null) return value;
    if (depth === 0 || left <= 0) return '…';
    if (isErrorLike(value)) return entries(describeError(value), depth);
    if (ArrayBuffer.isView(value)) return '•••';
    return Array.isArray(value)
      ? value.slice(0, left).map((one) => visit(one, depth - 1))
      : entries(value, depth);
  };
  const entries = (value: object, depth: number): object =>
    Object.fromEntries(
      Object.entries(value)
        .slice(0, Math.max(left, 0))
        .map(([name, one]) => [redact(name), visit(one, depth - 1)]),
    );
  return entries(line, DEPTH);
}

/** A text that is a stack keeps its frames only: the message in front may be anybody's. */
function redact(text: string): string {
  const told = /\n\s+at \S/.test(text) ? framesOf(text) : text;
  return REDACTED.reduce((left, [secret, mask]) => left.replace(secret, mask), told);
}
