import { Cancelled } from './command-refusal.js';
import type { Keyboard } from './io.js';

/** Arrow keys and their like: sequences that would otherwise end up in what is typed. */
const ESCAPE_SEQUENCE = /\u001b(\[[0-9;?]*[ -/]*[@-~]|O.|.)?/gsu;

/**
 * The keys of a terminal in raw mode, one character at a time. What is typed ahead waits for the
 * prompt that it belongs to, so that a pasted password never shows. `close` gives the terminal
 * back.
 */
export class Keystrokes {
  private readonly pending: string[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  private readonly onData = (chunk: string): void => {
    this.pending.push(...Array.from(chunk.replace(/\r\n/g, '\n').replace(ESCAPE_SEQUENCE, '')));
    this.wake();
  };

  private readonly onEnd = (): void => {
    this.ended = true;
    this.wake();
  };

  constructor(private readonly keyboard: Keyboard) {
    keyboard.setRawMode?.(true);
    keyboard.setEncoding('utf8');
    keyboard.on('data', this.onData);
    keyboard.on('end', this.onEnd);
    keyboard.resume();
  }

  /** The next character. Throws Cancelled when the terminal is gone. */
  async next(): Promise<string> {
    for (;;) {
      const key = this.pending.shift();
      if (key !== undefined) return key;
      if (this.ended) throw new Cancelled();
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  close(): void {
    this.keyboard.off('data', this.onData);
    this.keyboard.off('end', this.onEnd);
    this.keyboard.setRawMode?.(false);
    this.keyboard.pause();
  }
}
