import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { SettingsError } from '../settings-error.js';

const OTHERS = 0o077;

/**
 * Makes the folder of the embedded database and those above it, each for its owner only; what is
 * there stays as it is. Throws SettingsError where none can be made. Not by `mkdir` with
 * `recursive`: in `/proc` Node tries that for ever.
 */
export function makeDatabaseFolder(folder: string): void {
  try {
    makeFolder(path.resolve(folder));
  } catch (error) {
    throw new SettingsError([
      `DATABASE_URL: the folder ${folder} cannot be made (${codeOf(error)})`,
    ]);
  }
}

function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error('It is no folder.'), { code: 'ENOTDIR' });
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/**
 * Takes a file from everybody but its owner, where it is there. False where the system does not let
 * us: it belongs to somebody else, or its disk knows no modes.
 */
export function keepPrivate(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OTHERS) === 0) return true;
  try {
    chmodSync(file, mode & 0o700);
    return true;
  } catch {
    return false;
  }
}

const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * What an error of the file system means for the settings: one that names the file where it is one
 * of rights, else itself.
 */
export const refusedFile = (error: unknown, file: string): unknown =>
  UNWRITABLE.has(codeOf(error))
    ? new SettingsError([
        `DATABASE_URL: ${path.resolve(file)} cannot be written or read by this user (${codeOf(error)})`,
      ])
    : error;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
