import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A folder for files of a test, taken away at the end of the whole run (global-teardown.mjs). The
 * driver of the embedded database lets go of a closed file only with its next garbage collection: a
 * new file on the inode of one that was deleted before would meet what SQLite still knows of the
 * old one ("file is not a database").
 */
export const testFolder = (name: string): string =>
  mkdtempSync(path.join(process.env['TEST_FOLDER'] ?? tmpdir(), `${name}-`));
