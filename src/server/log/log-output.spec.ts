import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seconds } from '../../common/clock.js';
import { LogOutput } from './log-output.js';
import { AppLogger } from './logger.js';

describe('log lines', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringback-log-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  // Never closed: an output tries again for ever, and would write into whatever file of another
  // test gets the number next.
  const open = openSync;

  it('wait for each other, and set out at once with an error', async () => {
    const file = path.join(folder, 'log');
    const output = new LogOutput(open(file, 'a'));
    const logger = new AppLogger({ logLevel: 'info' }, output);
    const messages = () =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { msg: string }).msg);
    logger.log('one');
    logger.log('two');
    expect(messages()).toEqual([]);
    logger.error('three');
    await output.end(seconds(10));
    expect(messages()).toEqual(['one', 'two', 'three']);
  });

  const LINE = `{"msg":"${'x'.repeat(189)}"}\n`;

  it('that nobody takes in fill no more than 1 MB, are counted, and flow again whole when somebody does', async () => {
    const fifo = path.join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const pipe = open(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    const output = new LogOutput(pipe);
    const told = new Promise<number>((resolve) => (output.onFlow = resolve));
    for (let count = 0; count < 20_000; count += 1) output.write(LINE);
    expect(await output.end(0)).toBe(false);
    expect(output.dropped).toBeGreaterThan(20_000 - 2 ** 20 / LINE.length - 1);

    let taken = '';
    const part = Buffer.alloc(2 ** 16);
    const reading = setInterval(() => {
      try {
        taken += part.toString('utf8', 0, readSync(pipe, part));
      } catch {
        return;
      }
    }, 1);
    expect(await told).toBe(output.dropped);
    await output.end(seconds(10));
    clearInterval(reading);
    expect(
      taken
        .split('\n')
        .slice(0, -1)
        .filter((line) => `${line}\n` !== LINE),
    ).toEqual([]);
    output.write('one more\n');
    expect(output.dropped).toBe(await told);
  });

  it('on a full disk throw nothing and hold nothing up', async () => {
    const output = new LogOutput(open('/dev/full', 'w'));
    for (let count = 0; count < 20_000; count += 1) output.write(LINE);
    expect(await output.end(0)).toBe(false);
    expect(output.dropped).toBeGreaterThan(0);
  });

  it('go on when the reader of a pipe left and another one came', async () => {
    const fifo = path.join(folder, 'left');
    execFileSync('mkfifo', [fifo]);
    const first = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    const output = new LogOutput(open(fifo, 'w'));
    closeSync(first);
    output.write(LINE);
    expect(await output.end(1)).toBe(false);
    const second = open(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    await output.end(seconds(10));
    const part = Buffer.alloc(1000);
    expect(part.toString('utf8', 0, readSync(second, part))).toBe(LINE);
  });
});
