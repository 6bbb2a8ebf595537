import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogOutput } from './app.log-output.js';
import { AppLogger } from './app.logger.js';

describe('gathered lines', () => {
  it('wait for each other, and go out at once with an error', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'ringback-log-')), 'log');
    writeFileSync(file, '');
    const descriptor = openSync(file, 'a');
    const logger = new AppLogger({ logLevel: 'info' }, new LogOutput(descriptor));
    const messages = () =>
      readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { msg: string }).msg);
    logger.log('one');
    logger.log('two');
    expect(messages()).toEqual([]);
    logger.error('three');
    expect(messages()).toEqual(['one', 'two', 'three']);
    closeSync(descriptor);
    rmSync(path.dirname(file), { recursive: true });
  });
});
