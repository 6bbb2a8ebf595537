import type { LoggerService } from '@nestjs/common';
import { pino, type Logger, type DestinationStream } from 'pino';
import type { Settings } from './config/settings.js';

/** What could be a code, a token, a key or a number never leaves in a log line, wherever it came from. */
const REDACTED: readonly [RegExp, string][] = [
  [/\+\d{7,15}(?=\D|$)/g, '+•••'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 •••'],
  [/\b[A-Za-z0-9_-]{43}\b/g, '•••'],
  [/(mysql:\/\/)[^@\s]+@/g, '$1•••@'],
];

export const redact = (text: string): string => REDACTED.reduce((left, [secret, mask]) => left.replace(secret, mask), text);

/** Which of Nest's own contexts tell every route and module at start. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Nest's logger as structured JSON lines. */
export class AppLogger implements LoggerService {
  readonly pino: Logger;

  constructor({ logLevel }: Pick<Settings, 'logLevel'>, destination?: DestinationStream) {
    const options = { level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  log(message: unknown, context?: string): void {
    this.write(context !== undefined && FRAMEWORK.has(context) ? 'debug' : 'info', message, context);
  }

  error(message: unknown, ...rest: string[]): void {
    this.write('error', message, rest.at(-1));
  }

  warn(message: unknown, context?: string): void {
    this.write('warn', message, context);
  }

  debug(message: unknown, context?: string): void {
    this.write('debug', message, context);
  }

  private write(level: 'info' | 'error' | 'warn' | 'debug', message: unknown, context?: string): void {
    const line = typeof message === 'object' && message !== null ? redactValues(message) : { msg: redact(String(message)) };
    this.pino[level]({ ...(context ? { context } : {}), ...line });
  }
}

const redactValues = (line: object): object =>
  Object.fromEntries(Object.entries(line).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]));
