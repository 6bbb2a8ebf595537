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
  /**
   * Returns what was seen when it was warded off. Throws Breach when it got through, Unjudged when
   * it could not be tried.
   */
  run(ground: Ground): Promise<string>;
}
