import { TEXT_LIMITS } from '../common/limits/text-limits.js';
import type { Io, Screen } from './io.js';
import { Keystrokes } from './keystrokes.js';
import { Cancelled, CommandRefusal } from './command-refusal.js';

const ENTER = new Set(['\r', '\n']);
const ERASE = new Set(['\u007f', '\b']);
const ERASE_LINE = '\u0015';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** Questions at a terminal. Answers to hidden ones are never echoed, not even as stars. */
export class Prompt {
  private constructor(
    private readonly keys: Keystrokes,
    private readonly screen: Screen,
  ) {}

  /** Throws CommandRefusal when the input is no terminal; `otherwise` says what to do instead. */
  static open({ input, error }: Io, otherwise: string): Prompt {
    if (!input.isTTY)
      throw new CommandRefusal(`There is no terminal to ask questions at. ${otherwise}`);
    return new Prompt(new Keystrokes(input), error);
  }

  /** One line, as typed. Throws Cancelled on ctrl-C, and on ctrl-D in an empty line. */
  ask(label: string): Promise<string> {
    return this.line(label, (text) => this.screen.write(text));
  }

  /** One line that does not show. */
  askHidden(label: string): Promise<string> {
    return this.line(label, () => undefined);
  }

  say(sentence: string): void {
    this.screen.write(`${sentence}\n`);
  }

  close(): void {
    this.keys.close();
  }

  private async line(label: string, echo: (text: string) => unknown): Promise<string> {
    this.screen.write(label);
    let typed: string[] = [];
    for (;;) {
      const key = await this.keys.next();
      if (ENTER.has(key)) break;
      if (key === CTRL_C || (key === CTRL_D && typed.length === 0)) throw this.cancelled();
      if (ERASE.has(key)) {
        if (typed.length > 0) echo('\b \b');
        typed = typed.slice(0, -1);
      } else if (key === ERASE_LINE) {
        echo('\b \b'.repeat(typed.length));
        typed = [];
      } else if (!/\p{Cc}/u.test(key) && typed.length < TEXT_LIMITS.line) {
        typed.push(key);
        echo(key);
      }
    }
    this.screen.write('\n');
    return typed.join('');
  }

  private cancelled(): Cancelled {
    this.screen.write('\n');
    return new Cancelled();
  }
}
