import { jest } from '@jest/globals';
import { AppError } from '../../common/errors/app-error.js';
import { HashQueue } from './hash-queue.js';

/** A job that ends when told to. */
class Job {
  static readonly started: string[] = [];
  end: () => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  constructor(readonly name: string) {}

  readonly run = (): Promise<string> => {
    Job.started.push(this.name);
    return new Promise((resolve, reject) => {
      this.end = () => resolve(this.name);
      this.fail = reject;
    });
  };
}

const outcome = (running: Promise<unknown>): Promise<unknown> =>
  running.catch((error: unknown) =>
    error instanceof AppError ? [error.code, error.params.retryAfter] : error,
  );

/** Lets everything that is ready go on. */
const settle = (): Promise<unknown> => jest.advanceTimersByTimeAsync(0);

describe('the hash queue', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    Job.started.length = 0;
  });
  afterEach(() => jest.useRealTimers());

  it('runs no more than its number at once, the others in the order they came', async () => {
    const queue = new HashQueue({ running: 2 });
    const jobs = ['a', 'b', 'c', 'd'].map((name) => new Job(name));
    const results = jobs.map((job) => queue.run(job.run));
    await settle();
    expect(Job.started).toEqual(['a', 'b']);
    jobs[1]!.end();
    await settle();
    expect(Job.started).toEqual(['a', 'b', 'c']);
    jobs[0]!.end();
    await settle();
    expect(Job.started).toEqual(['a', 'b', 'c', 'd']);
    jobs[2]!.end();
    jobs[3]!.end();
    await expect(Promise.all(results)).resolves.toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets 64 wait and refuses the 65th at once', async () => {
    const queue = new HashQueue({ running: 1 });
    const jobs = Array.from({ length: 65 }, (_, at) => new Job(String(at)));
    const results = jobs.map((job) => queue.run(job.run));
    await expect(outcome(queue.run(new Job('one too many').run))).resolves.toEqual(['busy', 8]);
    for (const job of jobs) {
      job.end();
      await settle();
    }
    await expect(Promise.all(results)).resolves.toHaveLength(65);
    expect(Job.started).not.toContain('one too many');
  });

  it('lets nobody wait longer than 8 seconds', async () => {
    const queue = new HashQueue({ running: 1 });
    const slow = new Job('slow');
    void queue.run(slow.run);
    const late = outcome(queue.run(new Job('late').run));
    await jest.advanceTimersByTimeAsync(5_000);
    const patient = new Job('patient');
    const result = queue.run(patient.run);
    await jest.advanceTimersByTimeAsync(3_000);
    await expect(late).resolves.toEqual(['busy', 8]);
    slow.end();
    await settle();
    expect(Job.started).toEqual(['slow', 'patient']);
    patient.end();
    await expect(result).resolves.toBe('patient');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('goes on after a job that failed', async () => {
    const queue = new HashQueue({ running: 1 });
    const bad = new Job('bad');
    const next = new Job('next');
    const failed = outcome(queue.run(bad.run));
    const result = queue.run(next.run);
    bad.fail(new Error('no luck'));
    await expect(failed).resolves.toEqual(new Error('no luck'));
    await settle();
    next.end();
    await expect(result).resolves.toBe('next');
    const third = new Job('third');
    void queue.run(third.run);
    await settle();
    expect(Job.started).toEqual(['bad', 'next', 'third']);
  });
});
