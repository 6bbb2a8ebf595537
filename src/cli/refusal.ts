/** What a command will not or cannot do: one sentence for stderr, exit status 1. */
export class Refusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Refusal';
  }
}

/** A refusal for want of a flag: exit status 2. */
export class UsageRefusal extends Refusal {}

/** The operator pressed ctrl-C or ctrl-D at a prompt: exit status 1, nothing said. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'Cancelled';
  }
}
