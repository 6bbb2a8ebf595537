import type { Answer } from './exchange.js';
import type { Ground } from './ground.js';

/** One kind of abuse, tried on an instance over HTTP alone. */
export interface Attack {
  /** What `--only` takes. */
  name: string;
  /** What is tried, in one sentence. */
  tries: string;
  /** The product's rule and the requirements of OWASP ASVS 5.0 that it would break. */
  rule: string;
  /** What counts as an attack that got through. */
  failsWhen: string;
  /** Returns what was seen when it was warded off. Throws Breach when it got through, Unjudged when it could not be tried. */
  run(ground: Ground): Promise<string>;
}

/** The attack got through; `answer` is the one that shows it. */
export class Breach extends Error {
  constructor(
    sentence: string,
    readonly answer: Answer,
  ) {
    super(sentence);
    this.name = 'Breach';
  }
}

/** A part that some targets leave nothing to try with: what it returns, or why it was not tried. */
export async function whereAble(part: () => Promise<string>): Promise<string> {
  try {
    return await part();
  } catch (error) {
    if (error instanceof Unjudged) return `not with an account: ${error.message}`;
    throw error;
  }
}

/** Why an attack could not be tried, or not be judged. */
export class Unjudged extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Unjudged';
  }
}
