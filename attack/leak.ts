import type { Answer } from './exchange.js';

const INSIDES =
  /\bat .{1,200}\.[cm]?[jt]sx?:\d+|node_modules|\bfastify\b|\bnestjs\b|\btypeorm\b|SQLITE_|ER_[A-Z]+_|\bselect .{1,80} from /i;

/**
 * What an error says of the program behind it, or null. Only errors are read: a page may speak of
 * what it likes.
 */
export const leakIn = ({ status, text }: Answer): string | null =>
  status >= 400 ? (INSIDES.exec(text)?.[0] ?? null) : null;
