import { AppError } from '../common/app-error.js';

/** The database is not there, does not let this program in, or lost it. */
const GONE = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE',
  'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN',
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'SQLITE_CANTOPEN', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_FULL',
]);
/** Beside these: a file that cannot become, or is not, a database. */
const UNOPENED = new Set(['EACCES', 'EEXIST', 'EROFS', 'ENOTDIR', 'ENOSPC', 'SQLITE_NOTADB', 'SQLITE_CORRUPT']);
/** What mysql2 and TypeORM say without a code, a full queue for connections included. */
const UNUSABLE =
  /is not connected|Connection is not established|connection is not open|Pool is closed|closed state|Queue limit reached/i;

/** A driver's own code for an error, or ''. Not by `instanceof`: what libsql throws is no native error. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('driverError' in error && error.driverError !== error) return codeOf(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Another process holds the embedded database's lock. */
export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** MySQL gave this unit up in favour of another one. */
export const isDeadlock = (error: unknown): boolean => codeOf(error) === 'ER_LOCK_DEADLOCK';

/** Whoever started this program gave it no database that it can open; a lock or a crowd passes by itself. */
export const cannotBeOpened = (error: unknown): boolean => isGone(error) || UNOPENED.has(codeOf(error));

/** A unique index refused the row. `index` limits it to one, by name (MySQL) or by column (SQLite names no index). */
export function isDuplicate(error: unknown, index?: { name: string; column: string }): boolean {
  const code = codeOf(error);
  if (!(
    code === 'ER_DUP_ENTRY' ||
    code.startsWith('SQLITE_CONSTRAINT_UNIQUE') ||
    code.startsWith('SQLITE_CONSTRAINT_PRIMARYKEY')
  ))
    return false;
  const message = messageOf(error);
  return index === undefined || message.includes(index.name) || message.includes(index.column);
}

/** `busy` for an error that means the database cannot be used now; undefined for any other. */
export function unavailable(error: unknown): AppError | undefined {
  const hasLock = isLocked(error) || isDeadlock(error) || codeOf(error) === 'ER_LOCK_WAIT_TIMEOUT';
  return hasLock || isGone(error) || UNUSABLE.test(messageOf(error))
    ? new AppError('busy', { retryAfter: 2, cause: error })
    : undefined;
}

const isGone = (error: unknown): boolean => GONE.has(codeOf(error));

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
