import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { QueryFailedError } from 'typeorm';
import { AppLogger } from './logger.js';
import { AppError } from '../../common/errors/app-error.js';
import { newToken } from '../../common/token.js';

const PHONE = '+14155550100';
const TYPED = 'what somebody typed';

/** The lines written, as text and read. */
function logged(write: (logger: AppLogger) => void) {
  const texts: string[] = [];
  write(new AppLogger({ logLevel: 'debug' }, { write: (text: string) => void texts.push(text) }));
  return { text: texts.join(''), line: JSON.parse(texts[0] ?? '{}') as Record<string, unknown> };
}

const failedQuery = () =>
  new QueryFailedError(
    `INSERT INTO users VALUES ('${TYPED}')`,
    [TYPED, PHONE],
    Object.assign(new Error(`${TYPED}\n    at ${TYPED}`), { code: 'SQLITE_BUSY' }),
  );

describe('no log line tells', () => {
  it.each<[string, string]>([
    ['a token', 'x'.repeat(43)],
    ['a token that begins with -', `-${'x'.repeat(42)}`],
    ['a token that ends with -', `${'x'.repeat(42)}-`],
    ['a number', PHONE],
    ['an authorization', 'Bearer abc.def'],
    ['a database password', 'mysql://ringback:open-sesame@'],
    ['a Redis password', 'rediss://:open-sesame@'],
  ])('%s', (_name, secret) => {
    const { text } = logged((logger) => {
      logger.log(`before ${secret} after`);
      logger.warn({ msg: 'one', secret });
      logger.error({ deep: [{ deeper: { secret: `<${secret}>` }, [secret]: true }] });
      logger.debug('said', { secret }, 'Context');
      logger.error('failed', `Error: ${secret}\n    at here (file.ts:1:1)`);
      logger.fatal('failed', secret);
    });
    expect(text.split('\n').filter(Boolean)).toHaveLength(6);
    expect(text).not.toContain(secret);
    expect(text).toContain('•••');
  });

  it('any of many real tokens', () => {
    const tokens = Array.from({ length: 500 }, () => newToken());
    const { text } = logged((logger) =>
      tokens.forEach((token) => logger.log(`Cookie: session=${token}; path=/`)),
    );
    expect(tokens.filter((token) => text.includes(token))).toEqual([]);
  });

  it('the words or the parameters of a failed statement', () => {
    const thrown = [
      failedQuery(),
      new AppError('busy', { cause: failedQuery() }),
      Object.assign(new Error(TYPED), { name: 'Odd', detail: TYPED }),
    ];
    const { text } = logged((logger) => {
      for (const error of thrown) {
        logger.error(error);
        logger.error({ request_id: 'x', error });
        logger.error('failed', error);
        logger.error('failed', error.stack, 'Context');
        logger.error('failed', error.stack);
        logger.error(error.stack);
      }
    });
    expect(text.split('\n').filter(Boolean)).toHaveLength(18);
    expect(text).not.toContain(TYPED);
    expect(text).not.toContain('INSERT');
  });

  it('bytes', () =>
    expect(logged((logger) => logger.log({ key: randomBytes(3) })).line).toMatchObject({
      key: '•••',
    }));
});

describe('a log line tells', () => {
  it('of an error its name, its code and where it happened', () => {
    const { line } = logged((logger) => logger.error(failedQuery(), 'Scheduler'));
    expect(line).toMatchObject({
      level: 'error',
      context: 'Scheduler',
      msg: 'QueryFailedError',
      error: 'QueryFailedError',
      code: 'SQLITE_BUSY',
    });
    expect(line['stack']).toMatch(/^ {4}at .*server\/log\/logger\.spec/);
  });

  it('of our own errors the sentence, and of the cause what it was', () => {
    const { line } = logged((logger) =>
      logger.error(new AppError('busy', { detail: `Wait for ${PHONE}.`, cause: failedQuery() })),
    );
    expect(line).toMatchObject({
      msg: 'Wait for +•••.',
      error: 'AppError',
      code: 'busy',
      cause: { error: 'QueryFailedError', code: 'SQLITE_BUSY' },
    });
  });

  it('the context that Nest appends, never a stack in its place', () => {
    const stack = 'Error: x\n    at here (file.ts:1:1)';
    const write = (say: (log: Logger) => void) =>
      logged((logger) => {
        Logger.overrideLogger(logger);
        say(new Logger('errors'));
        Logger.overrideLogger(true);
      }).line;
    expect(write((log) => log.error('failed', stack))).toMatchObject({
      context: 'errors',
      msg: 'failed',
      stack: '    at here (file.ts:1:1)',
    });
    expect(write((log) => log.error(new TypeError('x')))).toMatchObject({
      context: 'errors',
      msg: 'TypeError',
    });
    const { line } = logged((logger) => logger.error('failed', stack));
    expect(line).not.toHaveProperty('context');
  });

  it('numbers, dates, words and lists as they are', () => {
    const { line } = logged((logger) =>
      logger.log({ msg: 'x', count: 3, at: new Date(0), list: ['a', null, true], size: 10n }),
    );
    expect(line).toMatchObject({
      msg: 'x',
      count: 3,
      at: '1970-01-01T00:00:00.000Z',
      list: ['a', null, true],
      size: '10',
    });
  });

  it('no more than is good, of whatever is logged', () => {
    const circle: Record<string, unknown> = {
      many: Array.from({ length: 10_000 }, (_, index) => ({ index })),
    };
    circle['self'] = Array.from({ length: 40 }, () => circle);
    const { text } = logged((logger) => logger.log(circle));
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('…');
  });
});
