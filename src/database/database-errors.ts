import { AppError } from '../common/app-error.js';

const DEADLOCK = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT']);
const GONE = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'PROTOCOL_CONNECTION_LOST', 'POOL_ENQUEUELIMIT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR', 'SQLITE_CANTOPEN', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_FULL',
]);
const DISCONNECTED = /is not connected|Connection is not established|connection is not open|Pool is closed|closed state/i;

/** A driver's own code for an error, or ''. Not by `instanceof`: what libsql throws is no native error. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('driverError' in error && error.driverError !== error) return codeOf(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Another process holds the embedded database's lock. */
export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** MySQL gave this statement up in favour of another one. */
export const isContention = (error: unknown): boolean => DEADLOCK.has(codeOf(error));

/** A unique index refused the row. `index` limits it to one, by name (MySQL) or by column (SQLite names no index). */
export function isDuplicate(error: unknown, index?: { name: string; column: string }): boolean {
  const code = codeOf(error);
  if (!(code === 'ER_DUP_ENTRY' || code.startsWith('SQLITE_CONSTRAINT_UNIQUE') || code.startsWith('SQLITE_CONSTRAINT_PRIMARYKEY'))) return false;
  const message = messageOf(error);
  return index === undefined || message.includes(index.name) || message.includes(index.column);
}

/** `busy` for an error that means the database cannot be used now; undefined for any other. */
export function unavailable(error: unknown): AppError | undefined {
  const gone = isLocked(error) || isContention(error) || GONE.has(codeOf(error)) || DISCONNECTED.test(messageOf(error));
  return gone ? new AppError('busy', { retryAfter: 2, cause: error }) : undefined;
}

const messageOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '');
