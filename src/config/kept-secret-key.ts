import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SettingsError } from './settings-error.js';

/** Characters of a secret key at least. */
export const LEAST_KEY = 32;

/**
 * The key made once beside the embedded database, readable by its owner only. Back it up with the database. Processes that start
 * together on a first run agree on one. Throws SettingsError for a kept key of fewer than 32 characters.
 */
export function keptSecretKey(folder: string): string {
  const file = path.join(folder, 'secret.key');
  if (!existsSync(file)) makeOnce(file);
  const key = readFileSync(file, 'utf8').trim();
  if (key.length >= LEAST_KEY) return key;
  throw new SettingsError([
    `SECRET_KEY: ${file} holds fewer than ${LEAST_KEY} characters; restore it, or remove it if there are no accounts yet`,
  ]);
}

// A link appears whole or not at all, and never replaces: whoever reads finds the first one's key, complete.
function makeOnce(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(made, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true });
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(made, { force: true });
  }
}
