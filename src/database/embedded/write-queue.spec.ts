import { WriteQueue } from './write-queue.js';

const locked = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });

describe('the write queue', () => {
  let queue: WriteQueue;
  let tries: string[];
  beforeEach(() => {
    queue = new WriteQueue({ retries: 3, pause: 0 });
    tries = [];
  });

  const write = (name: string, lockedFor = 0) =>
    queue.run(() => {
      tries.push(name);
      return tries.filter((tried) => tried === name).length <= lockedFor
        ? Promise.reject(locked())
        : Promise.resolve(name);
    });

  it('runs one write after the other, in order of arrival', async () => {
    let running = 0;
    const most: number[] = [];
    const work = async () => {
      running += 1;
      await Promise.resolve();
      most.push(running);
      running -= 1;
    };
    await Promise.all([queue.run(work), queue.run(work), queue.run(work)]);
    expect(most).toEqual([1, 1, 1]);
  });

  it('tries again while the file is locked, and the next one waits', async () => {
    expect(await Promise.all([write('a', 3), write('b')])).toEqual(['a', 'b']);
    expect(tries).toEqual(['a', 'a', 'a', 'a', 'b']);
  });

  it('gives up in the end; those behind try once each, until one gets through', async () => {
    const outcomes = await Promise.allSettled([
      write('a', 9),
      write('b', 9),
      write('c', 9),
      write('d'),
      write('e', 2),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(tries).toEqual(['a', 'a', 'a', 'a', 'b', 'c', 'd', 'e', 'e', 'e']);
  });

  it('a write that fails for a reason of its own shows that the lock is gone, and stops nobody', async () => {
    const broken = queue.run(() => Promise.reject(new Error('its own')));
    await expect(broken).rejects.toThrow('its own');
    await expect(write('a', 9)).rejects.toThrow('locked');
    await expect(queue.run(() => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
    expect(await write('b', 2)).toBe('b');
  });
});
