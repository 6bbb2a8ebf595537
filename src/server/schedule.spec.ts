import { jest } from '@jest/globals';
import { every } from './schedule.js';

describe('a job on schedule', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is not started again while it runs, and goes on after it failed', async () => {
    let end: (error?: Error) => void = () => undefined;
    const job = jest.fn(
      () =>
        new Promise<void>(
          (resolve, reject) => (end = (error) => (error ? reject(error) : resolve())),
        ),
    );
    const timer = every(1000, 'job', job);
    await jest.advanceTimersByTimeAsync(3000);
    expect(job).toHaveBeenCalledTimes(1);
    end(new Error('the database is away'));
    await jest.advanceTimersByTimeAsync(1000);
    expect(job).toHaveBeenCalledTimes(2);
    end();
    await jest.advanceTimersByTimeAsync(1000);
    expect(job).toHaveBeenCalledTimes(3);
    clearInterval(timer);
  });
});
