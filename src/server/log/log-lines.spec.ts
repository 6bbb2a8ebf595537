import { AppLogger } from './logger.js';
import { logLines } from './log-lines.js';
import type { LogOutput } from './log-output.js';

describe('log lines', () => {
  const written: string[] = [];
  const output = {
    write: (line: string) => void written.push(line),
    flush: () => undefined,
  } as unknown as LogOutput;
  const told = async (environment: 'development' | 'production', isTerminal: boolean) => {
    written.length = 0;
    const logger = new AppLogger(
      { logLevel: 'info' },
      await logLines({ environment }, output, isTerminal),
    );
    logger.warn({ msg: 'A test number was used.', number: '+14155550100' });
    return written.join('');
  };

  it('are for people on a terminal in development, and mask what JSON masks', async () => {
    const line = await told('development', true);
    expect(line).toMatch(/\d\d:\d\d:\d\d.*WARN.*A test number was used\./s);
    expect(line).toContain('+•••');
    expect(() => JSON.parse(line) as unknown).toThrow();
  });

  it.each([
    ['development', false],
    ['production', true],
  ] as const)('are JSON in %s where a terminal is %s', async (environment, isTerminal) => {
    expect(JSON.parse(await told(environment, isTerminal))).toMatchObject({
      level: 'warn',
      msg: 'A test number was used.',
    });
  });
});
