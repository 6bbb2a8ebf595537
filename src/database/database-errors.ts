import { AppError } from '../common/errors/app-error.js';
import { MYSQL_ERRORS, MYSQL_NEWER, MYSQL_STATES, type ErrorKind } from './mysql/mysql-errors.js';

/**
 * What keeps the database from being used: its kind, and the server's or driver's own code. For
 * logs and metrics.
 */
export interface Trouble {
  kind: Exclude<ErrorKind, 'constraint' | 'ours'>;
  code: string;
}

const NUMBERS = new Map<number, { kind: ErrorKind; name: string }>();
const NAMES = new Map<string, ErrorKind>();
for (const [kind, codes] of Object.entries(MYSQL_ERRORS) as [ErrorKind, Record<number, string>][]) {
  for (const [number, name] of Object.entries(codes)) {
    NUMBERS.set(Number(number), { kind, name });
    NAMES.set(name, kind);
  }
}

/** Of the network, of mysql2, and SQLite's primary codes. */
const CLIENT_CODES: Readonly<
  Record<Exclude<ErrorKind, 'ours' | 'conflict' | 'uncommitted'>, readonly string[]>
> = {
  gone: [
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'EHOSTDOWN',
    'ENETUNREACH',
    'ENETDOWN',
    'ENETRESET',
    'ENOTCONN',
    'EPIPE',
    'PROTOCOL_CONNECTION_LOST',
    'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
    'PROTOCOL_PACKETS_OUT_OF_ORDER',
  ],
  refused: [
    'HANDSHAKE_NO_SSL_SUPPORT',
    'HANDSHAKE_SSL_ERROR',
    'HANDSHAKE_UNKNOWN_ERROR',
    'AUTH_SWITCH_PLUGIN_ERROR',
    'MYSQL_CLEAR_PASSWORD_NOT_ENABLED',
    'SQLITE_PERM',
    'SQLITE_AUTH',
  ],
  timed_out: ['ETIMEDOUT', 'PROTOCOL_SEQUENCE_TIMEOUT'],
  locked: ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL'],
  interrupted: ['SQLITE_INTERRUPT'],
  read_only: ['SQLITE_READONLY'],
  exhausted: ['EMFILE', 'ENFILE', 'ENOBUFS', 'EADDRNOTAVAIL', 'SQLITE_NOMEM'],
  full: ['SQLITE_FULL'],
  broken: ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_CORRUPT', 'SQLITE_NOTADB'],
  constraint: ['SQLITE_CONSTRAINT'],
};
for (const [kind, codes] of Object.entries(CLIENT_CODES) as [ErrorKind, string[]][])
  for (const code of codes) NAMES.set(code, kind);

/** What mysql2 and TypeORM say without a code. */
const UNCODED: readonly [RegExp, ErrorKind][] = [
  [
    /is not connected|Connection is not established|connection is not open|Pool is closed|closed state/i,
    'gone',
  ],
  [/Queue limit reached/i, 'exhausted'],
];
/** ENOSPC or EDQUOT within what a server tells of a file or an engine. */
const NO_ROOM = /\b(?:errno|errcode|error):? 28\b|No space left on device|Disk quota exceeded/i;

/** A file that cannot become a database, for other reasons than those of a database. */
const UNOPENED = new Set([
  'EACCES',
  'EPERM',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'EROFS',
]);
/** What somebody who starts this program has to look after; a lock or a crowd passes by itself. */
const UNUSABLE = new Set<ErrorKind>([
  'gone',
  'refused',
  'timed_out',
  'read_only',
  'exhausted',
  'full',
  'broken',
]);

/**
 * A driver's own code for an error, or ''. Not by `instanceof`: what libsql throws is no native
 * error.
 */
export function codeOf(error: unknown): string {
  const { code, errno } = driverError(error);
  if (typeof errno === 'number' && NUMBERS.has(errno)) return NUMBERS.get(errno)?.name ?? '';
  return typeof code === 'string' ? code : '';
}

/** The kind of any error of a driver; `ours` for what is none. */
export function kindOf(error: unknown): ErrorKind {
  const { code, errno, sqlState, message, fatal } = driverError(error);
  // Negative ones are libuv's, which has names for them.
  const number = typeof errno === 'number' && errno > 0 ? errno : undefined;
  const known = number === undefined ? undefined : NUMBERS.get(number)?.kind;
  if (known === 'broken' && NO_ROOM.test(String(message))) return 'full';
  if (known) return known;
  // mysql2 calls fatal what ended the connection.
  const unknown = fatal === true ? 'gone' : 'ours';
  if (number !== undefined)
    return (number >= MYSQL_NEWER ? MYSQL_STATES[String(sqlState)] : undefined) ?? unknown;
  const named =
    typeof code === 'string'
      ? NAMES.get(code.startsWith('SQLITE_') ? primary(code) : code)
      : undefined;
  return named ?? UNCODED.find(([words]) => words.test(String(message)))?.[1] ?? unknown;
}

/**
 * Why the database cannot be used now; undefined for a refused row and a wrong statement. An
 * AppError is asked for its cause.
 */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof AppError) return troubleOf(error.params.cause);
  const kind = kindOf(error);
  if (kind === 'constraint' || kind === 'ours') return undefined;
  return { kind, code: codeOf(error) || kind };
}

/** `busy` for an error that means the database cannot be used now; undefined for any other. */
export const unavailable = (error: unknown): AppError | undefined =>
  troubleOf(error) && new AppError('busy', { retryAfter: 2, cause: error });

/** Another process holds the embedded database's lock. */
export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** Whoever started this program gave it no database that it can open. */
export const cannotBeOpened = (error: unknown): boolean =>
  UNUSABLE.has(kindOf(error)) || UNOPENED.has(codeOf(error));

const DUPLICATES = new Set([
  'ER_DUP_ENTRY',
  'ER_DUP_ENTRY_WITH_KEY_NAME',
  'ER_DUP_UNIQUE',
  'ER_DUP_KEY',
]);

/**
 * A unique index refused the row. `index` limits it to one, by name (MySQL) or by column (SQLite
 * names no index).
 */
export function isDuplicate(error: unknown, index?: { name: string; column: string }): boolean {
  const code = codeOf(error);
  if (!(DUPLICATES.has(code) || /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(code))) return false;
  const message = String(driverError(error).message);
  return index === undefined || message.includes(index.name) || message.includes(index.column);
}

interface DriverError {
  code?: unknown;
  errno?: unknown;
  sqlState?: unknown;
  message?: unknown;
  fatal?: unknown;
}

/** TypeORM wraps what its driver throws. */
function driverError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return {};
  return 'driverError' in error && error.driverError !== error
    ? driverError(error.driverError)
    : error;
}

/** SQLITE_IOERR of SQLITE_IOERR_FSYNC. */
const primary = (code: string): string => code.split('_', 2).join('_');
