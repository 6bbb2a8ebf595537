import type { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { wrongCodes, wrongCodesDay } from '../../src/phone-verification/code-rules.js';
import type { Entry } from '../support/ledger.js';
import { wrong } from '../support/ways.js';
import { isOpen } from './entering.steps.js';
import type { Model, Visit } from './model.js';
import { sending, Step, told, untilAnswered } from './step.js';
import { codeFor, type World } from './world.js';

/**
 * Which code is typed: the session's own, one that is not it, or one that was sent to the same
 * number for somebody else.
 */
export type Typed = 'right' | 'wrong' | 'other';

interface Try {
  challenge: Challenge | null;
  code: string;
  /** Of the session that types it; null where it is on none that is known. */
  device: number | null;
}

export class Confirm extends Step {
  constructor(
    readonly client: number,
    readonly typed: Typed,
  ) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client);
    const challenge = await world.challengeOf(model.held[this.client]);
    const code = challenge ? await this.code(challenge, world) : '000000';
    const person = world.client(this.client);
    const device = await world.deviceOf(model.held[this.client]);
    const expected = visit
      ? this.expected(model, visit, { challenge, code, device })
      : 'unauthenticated';
    const outcome = await person.confirm(code);
    expect(told(outcome)).toBe(expected);
    model.note(`confirm: ${expected}`);
    if (!visit || !challenge || !isCompared(expected)) return;
    model.tried.set(challenge.id, (model.tried.get(challenge.id) ?? 0) + 1);
    // A code that never went out is never right: the try is spent, and no provider is asked.
    if (challenge.sentCount > 0) model.compared += 1;
    const counted = tallies(visit, device);
    const today = ofTheDay(visit, device);
    model.guesses.spend([...counted, today], world.app.clock.now());
    if (expected === 200) {
      model.promote(visit, challenge.purpose);
      model.renew(this.client, person.token());
      model.guesses.forget(counted);
      model.guesses.giveBack([today]);
      answer(model, visit, challenge);
    }
    if (expected !== 'phone_number_taken') return;
    if (visit.account.expires !== null) return model.remove(visit.account);
    visit.proofs.set('register', model.now);
    model.renew(this.client, person.token());
    model.guesses.forget(counted);
    model.guesses.giveBack([today]);
    answer(model, visit, challenge);
  }

  private async code(challenge: Challenge, world: World): Promise<string> {
    if (this.typed === 'right') return codeFor(challenge);
    const beside = this.typed === 'other' ? await world.challengeBeside(challenge) : null;
    return beside ? codeFor(beside) : wrong(codeFor(challenge));
  }

  private expected(model: Model, visit: Visit, { challenge, code, device }: Try): number | string {
    if (model.stateOf(visit) === 'password_change_required') return 'password_change_required';
    if (!challenge || !isOpen(challenge, model)) return 'no_pending_confirmation';
    const counted = [...tallies(visit, device), ofTheDay(visit, device)];
    if (challenge.attemptsLeft === 0 || !model.guesses.isOpen(counted, new Date(model.now)))
      return 'too_many_attempts';
    if (code !== codeFor(challenge) || challenge.sentCount === 0) return 'wrong_code';
    return model.isTaken(visit.account, visit.account.number) ? 'phone_number_taken' : 200;
  }
}

export class Resend extends Step {
  constructor(readonly client: number) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client);
    const challenge = await world.challengeOf(model.held[this.client]);
    const request = () => world.client(this.client).resend();
    const { outcome, isSent } = await sending(model, world.app, request, () => visit!.account);
    expect([...expectedOfResend(model, visit, challenge)]).toContain(told(outcome));
    expect(isSent).toBe(told(outcome) === 202);
    if (visit && isSent) model.extend(visit);
    model.note(`resend: ${told(outcome)}`);
  }
}

/**
 * Whether a budget is left for it is not told here: `sending` looks at whether one was overdrawn.
 */
function expectedOfResend(
  model: Model,
  visit: Visit | undefined,
  challenge: Challenge | null,
): readonly (number | string)[] {
  const state = model.stateOf(visit);
  if (state === 'stranger') return ['unauthenticated'];
  if (state === 'password_change_required') return [state];
  if (visit && model.mayGiveNumber(visit) && (challenge === null || challenge.consumedAt !== null))
    return ['phone_number_taken'];
  const isAsked =
    challenge !== null && challenge.consumedAt === null && challenge.canceledAt === null;
  return state === 'active' && !isAsked ? ['no_pending_confirmation'] : [202, 'too_many_requests'];
}

/** Another number of the three, where the right code met one that was taken. */
export class GiveNumber extends Step {
  constructor(
    readonly client: number,
    readonly number: number,
  ) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client);
    const number = world.numbers[this.number]!;
    const before = visit?.account.number;
    const expected = visit ? expectedOfNumber(model, visit, number) : 'unauthenticated';
    if (visit && expected === 200) visit.account.number = number;
    const request = () => world.client(this.client).giveNumber(number);
    const { outcome, isSent } = await sending(model, world.app, request, () => visit!.account);
    expect(told(outcome)).toBe(expected);
    model.note(`give number: ${expected}`);
    if (!visit || expected !== 200) return expect(before).toBe(visit?.account.number);
    model.end((other) => other.account === visit.account && other !== visit);
    if (isSent) model.extend(visit);
  }
}

function expectedOfNumber(model: Model, visit: Visit, number: string): number | string {
  if (model.stateOf(visit) === 'password_change_required') return 'password_change_required';
  if (!model.mayGiveNumber(visit)) return 'forbidden';
  const isStillTaken = number === visit.account.number && model.isTaken(visit.account, number);
  return isStillTaken ? 'validation_failed' : 200;
}

export class Cancel extends Step {
  constructor(readonly client: number) {
    super();
  }

  override check(model: Readonly<Model>): boolean {
    return model.visitOf(this.client) !== undefined;
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client)!;
    await world.cancel(model.held[this.client]!);
    if (model.isPending(visit)) giveUp(model, visit);
  }
}

/** Its messages count no more where messages are counted. */
function answer(model: Model, { account }: Visit, { places }: Challenge): void {
  for (const { at, standing } of places ?? [])
    model.sends.answer(untilAnswered(account, standing), new Date(at));
}

/** An unfinished registration is undone; of any other account the session ends. */
function giveUp(model: Model, visit: Visit): void {
  if (visit.account.expires === null) return model.end((other) => other === visit);
  model.remove(visit.account);
}

const isCompared = (expected: number | string): boolean =>
  [200, 'wrong_code', 'phone_number_taken'].includes(expected);

/** A known device counts by itself. */
const typist = ({ account }: Visit, device: number | null): string =>
  `${account.id}/${device ?? 'none'}`;

const ofTheDay = (visit: Visit, device: number | null): Entry => ({
  rule: wrongCodesDay,
  subject: typist(visit, device),
});

/** What a right code forgets. */
const tallies = (visit: Visit, device: number | null): Entry[] => [
  { rule: wrongCodes, subject: typist(visit, device) },
];
