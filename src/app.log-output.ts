import { pino, type DestinationStream } from 'pino';

/** Characters and milliseconds after which gathered lines go out. */
const ENOUGH = 8192;
const LONGEST = 100;

/**
 * Lines go out together: a write of its own for each takes longer than much of a request's work. Errors, and what came before
 * them, go at once; a killed process loses at most the last tenth of a second. pino's own destination could gather them too, but
 * measures all it holds with every line.
 */
export class LogOutput implements DestinationStream {
  private lines: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly output: DestinationStream;

  /** `to` is a file or its descriptor. */
  constructor(to: string | number = process.stdout.fd) {
    this.output = pino.destination({ dest: to, sync: true });
    process.on('exit', () => this.flush());
  }

  write(line: string): void {
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= ENOUGH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST).unref();
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const gathered = this.lines.join('');
    this.lines = [];
    this.length = 0;
    this.output.write(gathered);
  }
}
