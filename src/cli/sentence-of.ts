import { CommanderError } from 'commander';
import { AppError, type FieldError } from '../common/errors/app-error.js';
import { SettingsError } from '../config/settings-error.js';
import { cannotBeOpened, codeOf, unavailable } from '../database/database-errors.js';
import { Cancelled, CommandRefusal, UsageRefusal } from './command-refusal.js';

/** EX_CONFIG of sysexits.h: the settings are refused. */
const BAD_SETTINGS = 78;
const REFUSED = 1;
const USAGE = 2;

const NOT_MIGRATED = new Set(['ER_NO_SUCH_TABLE', 'ER_BAD_FIELD_ERROR']);

export interface Ending {
  status: number;
  /** For stderr; empty when everything has been said. */
  lines: readonly string[];
}

/** How a command ends that threw: no stack, no statement, nothing that was typed. */
export function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError)
    return { status: error.exitCode === 0 ? 0 : USAGE, lines: [] };
  if (error instanceof Cancelled) return { status: REFUSED, lines: [] };
  if (error instanceof SettingsError) return { status: BAD_SETTINGS, lines: error.problems };
  if (isOfListening(error)) return listeningEnding(error);
  if (cannotBeOpened(error)) return { status: BAD_SETTINGS, lines: [sentenceOf(error)] };
  return { status: error instanceof UsageRefusal ? USAGE : REFUSED, lines: [sentenceOf(error)] };
}

/** One sentence (of a form: one for each refused field) about why not. */
function sentenceOf(error: unknown): string {
  if (error instanceof CommandRefusal) return error.message;
  const code = codeOf(error);
  if (cannotBeOpened(error))
    return `The database cannot be opened (${code}). Check DATABASE_URL, and that the database is there.`;
  if (isNotMigrated(error, code))
    return 'The database has not been migrated. Run "npm run ringback -- migrate" first.';
  if (AppError.is(error, 'busy') || unavailable(error))
    return 'The database does not answer, or another process holds its lock. Please try again in a moment.';
  if (error instanceof AppError)
    return error.params.fields?.map(fieldSentence).join(' ') ?? error.message;
  return `Something went wrong (${[error instanceof Error ? error.name : typeof error, code].filter(Boolean).join(', ')}).`;
}

interface ListeningError {
  code: string;
  address: string;
  port: number;
}

const isOfListening = (error: unknown): error is ListeningError =>
  typeof error === 'object' &&
  error !== null &&
  'syscall' in error &&
  error.syscall === 'listen' &&
  'address' in error;

function listeningEnding({ code, address, port }: ListeningError): Ending {
  const place = `${address}:${port}`;
  return code === 'EADDRINUSE'
    ? {
        status: REFUSED,
        lines: [`Another process already listens at ${place}. End it, or set another PORT.`],
      }
    : {
        status: BAD_SETTINGS,
        lines: [`This process cannot listen at ${place} (${code}). Check HOST and PORT.`],
      };
}

/** `Phone number: Enter a valid phone number.` */
const fieldSentence = ({ field, detail }: FieldError): string =>
  `${capital(field.replaceAll('_', ' '))}: ${detail}`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** SQLite has no code of its own for a missing table. */
const isNotMigrated = (error: unknown, code: string): boolean =>
  NOT_MIGRATED.has(code) ||
  (error instanceof Error && /no such (table|column)/.test(error.message));
