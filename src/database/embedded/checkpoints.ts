import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { EmbeddedFile } from './embedded-file.js';

/** PASSIVE keeps nobody waiting; TRUNCATE needs that nobody writes, and empties the log. */
type Mode = 'PASSIVE' | 'TRUNCATE';

type Answer = { isWhole: boolean } | { code: string };

/**
 * Moves the write-ahead log into the database file, by a connection on a thread of its own, for the
 * disk is waited for. It starts with the first of them, and keeps a process alive only while it
 * works.
 */
export class Checkpoints {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly file: EmbeddedFile) {}

  /**
   * Moves all that is committed by now. Throws SQLITE_BUSY when somebody reads an older state, else
   * the driver's error; also when the file is not in its place: the thread would make a new one
   * there, and mix it with the log of the old one.
   */
  async move(mode: Mode = 'PASSIVE'): Promise<void> {
    const turn = this.last.then(() => this.ask(mode));
    this.last = turn.catch(() => undefined);
    const answer = await turn;
    if ('code' in answer)
      throw Object.assign(new Error('The checkpoint failed.'), { code: answer.code });
    if (!answer.isWhole) throw Object.assign(new Error('Somebody reads.'), { code: 'SQLITE_BUSY' });
  }

  async stop(): Promise<void> {
    await this.last;
    if (!this.worker) return;
    const ended = once(this.worker, 'exit');
    this.worker.ref();
    this.worker.postMessage('CLOSE');
    await ended;
  }

  private async ask(mode: Mode): Promise<Answer> {
    this.file.assertInPlace();
    const worker = (this.worker ??= this.start());
    const done = new AbortController();
    const answered = once(worker, 'message', done) as Promise<[Answer]>;
    const ended = once(worker, 'exit', done).then(() => [{ code: 'the thread ended' }] as const);
    // A process that has nothing else to do waits for the answer: a command would end amid its
    // work.
    worker.ref();
    worker.postMessage(mode);
    try {
      return (await Promise.race([answered, ended]))[0];
    } finally {
      worker.unref();
      done.abort();
      await Promise.allSettled([answered, ended]);
    }
  }

  private start(): Worker {
    const worker = new Worker(new URL('./checkpoint.worker.js', import.meta.url), {
      workerData: { file: this.file.path },
    });
    worker.once('exit', () => (this.worker = undefined));
    worker.unref();
    return worker;
  }
}
