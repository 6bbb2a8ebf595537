import { statSync } from 'node:fs';
import path from 'node:path';
import { testFolder } from '../../../test/support/folder.js';
import { SettingsError } from '../../config/settings-error.js';
import { dataSourceOptions } from '../data-source-options.js';
import { dataSourceOf, type EmbeddedOptions } from './embedded-data-source.js';

describe('the lock of the process that serves a database file', () => {
  const folder = testFolder('served');
  const file = path.join(folder, 'x.sqlite');

  const open = (isServer: boolean) => {
    const options = dataSourceOptions({ kind: 'sqlite', file }, []) as EmbeddedOptions;
    return dataSourceOf({ ...options, isServer } as EmbeddedOptions).initialize();
  };

  it('refuses a second one and names the first, which others may stand beside', async () => {
    const first = await open(true);
    await expect(open(true)).rejects.toThrow(SettingsError);
    await expect(open(true)).rejects.toThrow(`is served already, by process ${process.pid} on `);
    const command = await open(false);
    await command.query('CREATE TABLE notes (text TEXT)');
    await command.destroy();
    expect(await first.query('SELECT * FROM notes')).toEqual([]);
    await first.destroy();
    await (await open(true)).destroy();
  });

  it('lies in a file that nobody else may read', () => {
    expect(statSync(`${file}.lock`).mode & 0o777).toBe(0o600);
  });
});
