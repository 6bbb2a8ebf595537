import { columnsOf, type EntityColumn } from '../../database/columns-of.js';
import { SHOWN_COLUMNS, type ShownUser } from '../../users/user-columns.js';
import { Session } from './session.entity.js';

const SESSION_COLUMNS = columnsOf(Session);

/** The session's columns and the user's under names of their own: `s_id`, `u_id`. */
const selected = (table: string, columns: readonly EntityColumn[]): string =>
  columns.map(({ column }) => `${table}.${column} AS ${table}_${column}`).join(', ');

/** One indexed read: the session by its token's hash, its user by primary key. */
export const SELECT_SESSION = `
  SELECT ${selected('s', SESSION_COLUMNS)}, ${selected('u', SHOWN_COLUMNS)}
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ?`;

/** A row of SELECT_SESSION as either driver gives it. */
export type SessionRow = Readonly<Record<string, unknown>>;

export const sessionFrom = (row: SessionRow): Session =>
  Object.assign(new Session(), read('s', SESSION_COLUMNS, row));

export const userFrom = (row: SessionRow): ShownUser =>
  read('u', SHOWN_COLUMNS, row) as unknown as ShownUser;

function read(table: string, columns: readonly EntityColumn[], row: SessionRow) {
  const values: Record<string, unknown> = {};
  for (const { property, column, read: readValue } of columns)
    values[property] = readValue(row[`${table}_${column}`]);
  return values;
}
