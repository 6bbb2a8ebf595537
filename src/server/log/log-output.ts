import type { DestinationStream } from 'pino';
import { write, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { inTime } from '../../common/net/in-time.js';

/** Characters and milliseconds after which gathered lines go out. */
const ENOUGH_CHARACTERS = 8192;
const LONGEST_WRITE_MS = 100;
/**
 * Characters that wait for whoever takes the lines in, beside as many at most that are on their
 * way: some 2,000 lines each. What comes beyond them is dropped and counted.
 */
const MOST_WAITING_CHARACTERS = 2 ** 19;
/** Milliseconds until a write that failed is tried again: at first, and at most. */
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 200;
/** Writes at the end, each of which may find a full pipe again. */
const LAST_WRITES = 20;

/**
 * The log's way out, which never holds a request up and never throws: a full disk, a reader that
 * stops or leaves costs lines, not the service. Lines go out together, for a write of its own for
 * each takes longer than much of a request's work; a killed process loses the last tenth of a
 * second. pino's own asynchronous destination does not fit: where a disk is full or a pipe is
 * closed, its last flush never ends.
 */
export class LogOutput implements DestinationStream {
  /** Lines that nothing took in, since the start. */
  dropped = 0;
  /** Told how many lines were dropped, once lines flow again. */
  onFlow: (lines: number) => void = () => undefined;
  private untold = 0;
  private lines: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;
  /** What is on its way, and whether the system has it now or it waits for another try. */
  private going = Buffer.alloc(0);
  private state: 'idle' | 'writing' | 'pausing' = 'idle';
  private writes = 0;
  private nextTry = FIRST_PAUSE;
  private onIdle: (() => void)[] = [];

  /**
   * The descriptor of stdout comes from Node's stream: opening that makes a pipe say that it is
   * full instead of waiting.
   */
  constructor(private readonly descriptor: number = process.stdout.fd) {
    process.on('exit', () => this.writeLast());
  }

  write(line: string): void {
    if (this.length + line.length > MOST_WAITING_CHARACTERS) return this.drop();
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= ENOUGH_CHARACTERS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WRITE_MS).unref();
  }

  /** Sends what was gathered on its way. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.state === 'idle' && this.take()) this.go();
  }

  /**
   * Resolves when everything went out, or after that many milliseconds. True when the system still
   * holds a write then: the process would wait for it at its end, however long.
   */
  async end(within: number): Promise<boolean> {
    this.flush();
    if (this.state !== 'idle')
      await inTime(new Promise<void>((resolve) => void this.onIdle.push(resolve)), within);
    const writes = this.writes;
    if (this.state === 'writing') await pause(LONGEST_WRITE_MS);
    return this.state === 'writing' && this.writes === writes;
  }

  private drop(): void {
    this.dropped += 1;
    this.untold += 1;
  }

  private take(): boolean {
    if (this.lines.length === 0) return false;
    this.going = Buffer.from(this.lines.join(''));
    this.lines = [];
    this.length = 0;
    return true;
  }

  private go(): void {
    this.state = 'writing';
    this.writes += 1;
    write(this.descriptor, this.going, (error, written) => {
      if (error) return this.goLater();
      this.nextTry = FIRST_PAUSE;
      this.going = this.going.subarray(written);
      const isMore = this.going.length > 0 || this.take();
      if (isMore) this.go();
      else this.rest();
      if (this.untold > 0 && this.length < MOST_WAITING_CHARACTERS / 2) this.tellOfDropped();
    });
  }

  private goLater(): void {
    this.state = 'pausing';
    setTimeout(() => this.go(), this.nextTry).unref();
    this.nextTry = Math.min(2 * this.nextTry, LONGEST_PAUSE);
  }

  private rest(): void {
    this.state = 'idle';
    this.onIdle.splice(0).forEach((resolve) => resolve());
  }

  private tellOfDropped(): void {
    const lines = this.untold;
    this.untold = 0;
    this.onFlow(lines);
  }

  /**
   * What still waits when the process ends, as far as it is taken in at once; the system finishes
   * what it has already.
   */
  private writeLast(): void {
    const first = this.state === 'writing' ? Buffer.alloc(0) : this.going;
    let left = Buffer.concat([first, Buffer.from(this.lines.join(''))]);
    try {
      for (let times = 0; left.length > 0 && times < LAST_WRITES; times += 1)
        left = left.subarray(writeSync(this.descriptor, left));
    } catch {
      return;
    }
  }
}
