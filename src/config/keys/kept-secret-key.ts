import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keepPrivate, makeDatabaseFolder, refusedFile } from './private-files.js';
import { SettingsError } from '../settings-error.js';

/** Characters of a secret key at least. */
export const LEAST_KEY = 32;

export interface KeptKey {
  key: string;
  /** Where it lies, or shall. */
  file: string;
  /**
   * The file `keepSecretKey` shall put it in once the database has nothing under another key; null:
   * it lies there already.
   */
  keepIn: string | null;
}

/**
 * The key beside the embedded database, readable by its owner only. Back it up with the database.
 * On a first run it is made, and processes that start together agree on one. Where there is a
 * database already, a key is missing that may never have lain here: a new one is not written before
 * the database was asked. Throws SettingsError for a kept key of fewer than 32 characters.
 */
export function keptSecretKey(database: string): KeptKey {
  const folder = path.dirname(database);
  const file = path.join(folder, 'secret.key');
  if (!existsSync(file)) {
    makeDatabaseFolder(folder);
    const made = randomBytes(48).toString('base64url');
    if ((statSync(database, { throwIfNoEntry: false })?.size ?? 0) > 0)
      return { key: made, file, keepIn: file };
    put(file, made);
  }
  keepPrivate(file);
  const key = read(file);
  if (key.length >= LEAST_KEY) return { key, file, keepIn: null };
  throw new SettingsError([
    `SECRET_KEY: ${file} holds fewer than ${LEAST_KEY} characters; restore it, or remove it if there are no accounts yet`,
  ]);
}

/**
 * Writes the key to its file. Throws SettingsError when another process was faster and wrote
 * another one.
 */
export function keepSecretKey(file: string, key: string): void {
  put(file, key);
  if (readFileSync(file, 'utf8').trim() !== key)
    throw new SettingsError([
      `SECRET_KEY: another process made ${file} meanwhile; start again to use it`,
    ]);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw refusedFile(error, file);
  }
}

// A link appears whole or not at all, and never replaces: whoever reads finds the first one's key,
// complete.
function put(file: string, key: string): void {
  const made = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(made, key, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refusedFile(error, file);
  } finally {
    rmSync(made, { force: true });
  }
}
