import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { AppLogger } from '../server/log/logger.js';
import { AppError } from '../common/errors/app-error.js';
import { minutes } from '../common/clock.js';
import { providerFailures } from '../common/provider-failures.js';
import { Metrics } from './metrics.js';
import { Troubles } from './troubles.js';

const busy = (code: string) =>
  new AppError('busy', { cause: Object.assign(new Error('secret words'), { code }) });

describe('why requests are answered 503', () => {
  const texts: string[] = [];
  const lines = () => texts.splice(0).map((text) => JSON.parse(text) as Record<string, unknown>);
  let metrics: Metrics;
  let troubles: Troubles;

  beforeEach(() => {
    jest.useFakeTimers();
    Logger.overrideLogger(
      new AppLogger({ logLevel: 'info' }, { write: (text: string) => void texts.push(text) }),
    );
    metrics = new Metrics();
    troubles = new Troubles(metrics);
  });
  afterEach(() => {
    troubles.onApplicationShutdown();
    Logger.overrideLogger(true);
    jest.useRealTimers();
  });

  it('is told at once, then once a minute for each cause with how many requests it hit', () => {
    for (const code of [
      'SQLITE_FULL',
      'SQLITE_FULL',
      'SQLITE_BUSY',
      'SQLITE_FULL',
      'ER_OPTION_PREVENTS_STATEMENT',
    ])
      troubles.note(busy(code));
    expect(lines()).toMatchObject([
      { level: 'warn', cause: 'database_full', code: 'SQLITE_FULL', requests: 1 },
      { cause: 'database_locked', code: 'SQLITE_BUSY', requests: 1 },
      { cause: 'database_read_only', code: 'ER_OPTION_PREVENTS_STATEMENT', requests: 1 },
    ]);
    jest.advanceTimersByTime(minutes(1));
    expect(lines()).toMatchObject([{ cause: 'database_full', requests: 2 }]);
    jest.advanceTimersByTime(minutes(5));
    expect(lines()).toEqual([]);
    troubles.note(busy('SQLITE_FULL'));
    expect(lines()).toMatchObject([{ cause: 'database_full', requests: 1 }]);
  });

  it('tells the queue for hashes, and a provider by its host and what it said', () => {
    troubles.note(new AppError('busy', { retryAfter: 8 }));
    troubles.note(new AppError('provider_unavailable'));
    providerFailures.publish({ host: 'api.example', code: 'http_503' });
    providerFailures.publish({ host: 'api.example', code: 'http_503' });
    expect(lines()).toMatchObject([
      { cause: 'password_queue', code: 'busy' },
      { cause: 'provider' },
      { host: 'api.example', code: 'http_503', requests: 1 },
    ]);
    jest.advanceTimersByTime(minutes(1));
    expect(lines()).toMatchObject([{ host: 'api.example', code: 'http_503', requests: 1 }]);
  });

  it('is counted, and never tells an error in its words', async () => {
    for (let count = 0; count < 3; count += 1) troubles.note(busy('SQLITE_READONLY'));
    const text = await metrics.metrics();
    expect(text).toContain(
      'ringback_unavailable_total{cause="database_read_only",code="SQLITE_READONLY"} 3',
    );
    expect(text + texts.splice(0).join('')).not.toContain('secret words');
  });

  it('stops growing with causes, and stops listening when the application ends', () => {
    for (let count = 0; count < 500; count += 1)
      providerFailures.publish({ host: `h${count}`, code: 'x' });
    expect(lines()).toHaveLength(200);
    troubles.onApplicationShutdown();
    jest.advanceTimersByTime(minutes(2));
    providerFailures.publish({ host: 'later', code: 'x' });
    expect(lines()).toEqual([]);
  });
});
