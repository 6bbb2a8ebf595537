import { EventEmitter } from 'node:events';
import type { Io, Screen } from '../../src/cli/io.js';

/** A terminal whose keys a test presses and whose screen it reads. */
export class FakeTerminal extends EventEmitter {
  isTTY = true;
  isRaw = false;
  isListening = false;
  /** Everything written by the command, prompts and echo included. */
  screen = '';
  private answers: string[] = [];

  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }

  setEncoding(): void {
    // Keys are strings already.
  }

  resume(): void {
    this.isListening = true;
  }

  pause(): void {
    this.isListening = false;
  }

  press(keys: string): void {
    this.emit('data', keys);
  }

  /** Each prompt to come gets the next of these, with Enter behind it. */
  willAnswer(...answers: string[]): this {
    this.answers = answers;
    return this;
  }

  io(environment?: Io['environment']): Io {
    const shown: Screen = { write: (text) => this.show(text) };
    return { input: this, output: shown, error: shown, ...(environment && { environment }) };
  }

  private show(text: string): void {
    this.screen += text;
    if (!/: $/.test(text)) return;
    const answer = this.answers.shift();
    if (answer !== undefined)
      queueMicrotask(() => this.press(/[\u0003\u0004]$/.test(answer) ? answer : `${answer}\r`));
  }
}
