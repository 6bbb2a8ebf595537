import { NoticeQueue } from './notice-queue.js';

describe('NoticeQueue', () => {
  const failures: unknown[] = [];
  const done: number[] = [];
  const letGo: (() => void)[] = [];
  let queue: NoticeQueue;
  beforeEach(() => {
    failures.length = done.length = letGo.length = 0;
    queue = new NoticeQueue((error) => failures.push(error));
  });

  const held = (id: number) => () =>
    new Promise<void>((resolve) =>
      letGo.push(() => {
        done.push(id);
        resolve();
      }),
    );
  const letAllGo = async () => {
    while (letGo.length > 0) {
      letGo.splice(0).forEach((go) => go());
      await new Promise(setImmediate);
    }
  };

  it('does four at once, and the others in the order they came', async () => {
    for (let id = 0; id < 10; id += 1) queue.add(held(id));
    expect(letGo).toHaveLength(4);
    await letAllGo();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await queue.settle(1000)).toBe(0);
  });

  it('goes on after a job that fails, and says so', async () => {
    queue.add(() => Promise.reject(new Error('first')));
    queue.add(() => {
      throw new Error('second');
    });
    queue.add(held(3));
    await letAllGo();
    expect(await queue.settle(1000)).toBe(0);
    expect(failures.map((error) => (error as Error).message).sort()).toEqual(['first', 'second']);
    expect(done).toEqual([3]);
  });

  it('lets 1000 wait and refuses the rest', () => {
    const taken = Array.from({ length: 1100 }, (_, id) => queue.add(held(id)));
    expect(taken.filter(Boolean)).toHaveLength(1004);
    expect(taken.lastIndexOf(true)).toBe(1003);
  });

  it('settles at once without work, and drops what waits when patience is over', async () => {
    expect(await queue.settle(60_000)).toBe(0);
    for (let id = 0; id < 6; id += 1) queue.add(held(id));
    expect(await queue.settle(1)).toBe(2);
    await letAllGo();
    expect(done).toEqual([0, 1, 2, 3]);
  });
});
