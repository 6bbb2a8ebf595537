import { lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { mysqlAddress } from '../config/database-url.js';
import type { Settings } from '../config/settings.js';
import { copyDatabase } from '../database/embedded/copy-database.js';
import { codeOf, isLocked, kindOf } from '../database/database-errors.js';
import { EmbeddedFile } from '../database/embedded/embedded-file.js';
import type { Surroundings } from './command.js';
import { CommandRefusal } from './command-refusal.js';

/**
 * Copies the embedded database into a new file, while a server may be serving it, and names what
 * belongs with the copy. Throws CommandRefusal for MySQL, which has a tool of its own, and for a
 * file that is there or cannot be written.
 */
export function backup({ io, settings }: Surroundings, copy: string): void {
  const { database } = settings;
  if (database.kind === 'mysql') throw new CommandRefusal(toolOf(database.url));
  const source = new EmbeddedFile(database.file);
  if (source.isInMemory)
    throw new CommandRefusal('The database is kept in memory: there is no file to copy.');
  if (!statSync(source.path, { throwIfNoEntry: false })?.size)
    throw new CommandRefusal(`There is no database at ${database.file} yet.`);
  try {
    refuseToReplace(copy);
    copyDatabase(source.path, copy);
  } catch (error) {
    throw refusalOf(error, copy);
  }
  io.output.write(
    `Backed up: ${copy} (${statSync(copy).size} bytes, checked)\nBelongs with it: ${keyOf(settings)}\n`,
  );
}

const toolOf = (url: string): string => {
  const { host, port, username, database } = mysqlAddress(url);
  return (
    'backup copies the embedded database alone. For MySQL and MariaDB: mariadb-dump --single-transaction ' +
    `--host=${host} --port=${port} --user=${username} --password ${database} > FILE, and keep SECRET_KEY apart from it.`
  );
};

function refuseToReplace(copy: string): void {
  const found = lstatSync(copy, { throwIfNoEntry: false });
  if (found)
    throw new CommandRefusal(
      `${copy} ${found.isDirectory() ? 'is a folder; name a file in it' : 'is there already'}.`,
    );
}

function keyOf({ keyFile, keepKeyIn }: Settings): string {
  if (keyFile === null)
    return 'the SECRET_KEY of the environment. Without it nobody logs in again. Keep it in another place.';
  const file = path.resolve(keyFile);
  if (keepKeyIn !== null)
    return `the secret key, which is missing at ${file}: find it, or nobody logs in again.`;
  return `the secret key in ${file}. Without it nobody logs in again. Keep it in another place.`;
}

function refusalOf(error: unknown, copy: string): unknown {
  const code = codeOf(error);
  if (error instanceof CommandRefusal || isLocked(error)) return error;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new CommandRefusal(`The database is damaged (${code}): there is no copy.`);
  if (kindOf(error) === 'full' || code === 'ENOSPC')
    return new CommandRefusal(`There is no room for ${copy} (${code}).`);
  return code === '' ? error : new CommandRefusal(`${copy} cannot be written (${code}).`);
}
