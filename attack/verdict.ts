import type { Answer } from './exchange.js';

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
    if (error instanceof Unjudged) return `the rest was skipped (${error.message})`;
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

/** Why a limit that guards money cannot be judged where the inbox is the only sender. */
export const FREE = 'messages cost nothing there, and limits that guard money are only recorded';
