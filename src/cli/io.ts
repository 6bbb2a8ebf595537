/** What prompts read from: a terminal, or a stream that plays one. */
export interface Keyboard extends NodeJS.EventEmitter {
  isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
  setEncoding: (encoding: 'utf8') => unknown;
  resume: () => unknown;
  pause: () => unknown;
}

export interface Screen {
  write: (text: string) => unknown;
}

/**
 * Where a command reads and writes. Results go to `output`; prompts, refusals and warnings to
 * `error`.
 */
export interface Io {
  input: Keyboard;
  output: Screen;
  error: Screen;
  /** Instead of the process's environment and `.env`. */
  environment?: Readonly<Record<string, string | undefined>>;
}
