import { createServer } from 'node:http';
import { FakeProcess } from '../../test/support/fake-process.js';
import { AppLogger } from './log/logger.js';
import { Shutdown } from './shutdown.js';
import { hours } from '../common/clock.js';

const TYPED = 'what somebody typed';

describe('the end of the process', () => {
  const watched = ({ drain = 0, close = () => Promise.resolve(), isHeld = false } = {}) => {
    const lines: string[] = [];
    const logger = new AppLogger(
      { logLevel: 'info' },
      { write: (line: string) => void lines.push(line) },
    );
    const readiness = { isLeaving: false, leave: () => void (readiness.isLeaving = true) };
    const closed: boolean[] = [];
    const app = {
      get: (): never => readiness as never,
      getHttpServer: () => createServer(),
      close: () => (closed.push(readiness.isLeaving), close()),
    };
    const given = new FakeProcess();
    new Shutdown(app, { shutdownDrain: drain }, logger, {
      end: () => Promise.resolve(isHeld),
    }).watch(given);
    return { given, readiness, closed, lines };
  };
  const messages = (lines: string[]) =>
    lines.map((line) => (JSON.parse(line) as { msg: string }).msg);

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'])(
    '%s: not ready, then closed, status 0, two lines',
    async (signal) => {
      const { given, closed, lines } = watched();
      given.send(signal);
      expect(await given.ended).toBe(0);
      expect(closed).toEqual([true]);
      expect(messages(lines)).toEqual(['Ringback ends.', 'Ringback ended.']);
      expect(JSON.parse(lines[0]!)).toMatchObject({ why: signal });
    },
  );

  it('goes on serving while it drains; a second signal skips that', async () => {
    const { given, readiness, closed } = watched({ drain: hours(1) });
    given.send('SIGTERM');
    await new Promise(setImmediate);
    expect([readiness.isLeaving, closed]).toEqual([true, []]);
    given.send('SIGINT');
    expect(await given.ended).toBe(0);
    expect(closed).toEqual([true]);
  });

  it('what cannot be closed is logged, and the status is 1', async () => {
    const { given, lines } = watched({ close: () => Promise.reject(new Error(TYPED)) });
    given.send('SIGTERM');
    expect(await given.ended).toBe(1);
    expect(messages(lines)).toContain('Not everything could be closed.');
  });

  it('a write that the system holds for ever holds nothing up', async () => {
    const { given } = watched({ isHeld: true });
    given.send('SIGTERM');
    expect(await given.ended).toBe('SIGKILL');
  });

  it('an error that nobody caught: logged with its stack, without its words, then an orderly end with status 1', async () => {
    const { given, closed, lines } = watched({ drain: hours(1) });
    given.send('uncaughtException', new TypeError(TYPED), 'unhandledRejection');
    given.send('uncaughtException', new RangeError(TYPED), 'uncaughtException');
    expect(await given.ended).toBe(1);
    expect(closed).toEqual([true]);
    const [first = '', second = ''] = lines;
    expect(JSON.parse(first)).toMatchObject({
      level: 'error',
      error: 'TypeError',
      origin: 'unhandledRejection',
    });
    expect((JSON.parse(first) as { stack: string }).stack).toMatch(
      /^ {4}at .*server\/shutdown\.spec/,
    );
    expect(JSON.parse(second)).toMatchObject({ error: 'RangeError' });
    expect(lines.join('')).not.toContain(TYPED);
  });
});
