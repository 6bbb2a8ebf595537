/** What a command will not or cannot do: one sentence for stderr, exit status 1. */
export class CommandRefusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CommandRefusal';
  }
}

/** A refusal for want of a flag: exit status 2. */
export class UsageRefusal extends CommandRefusal {}

/** The operator pressed ctrl-C or ctrl-D at a prompt: exit status 1, nothing said. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'Cancelled';
  }
}
