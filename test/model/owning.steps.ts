import { minutes } from '../../src/common/clock.js';
import { PASSWORD } from '../support/people.js';
import type { Model, Visit } from './model.js';
import { sending, Step, told } from './step.js';
import type { World } from './world.js';

const FRESH = minutes(5);
export const OTHER_PASSWORD = 'another horse, another battery';

export class ChangePassword extends Step {
  constructor(
    readonly client: number,
    readonly isRight: boolean,
  ) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client);
    const state = model.stateOf(visit);
    const person = world.client(this.client);
    const old = visit?.account.password ?? PASSWORD;
    const next = old === PASSWORD ? OTHER_PASSWORD : PASSWORD;
    const outcome = await person.changePassword(this.isRight ? old : 'not the password', next);
    if (!visit) return expect(told(outcome)).toBe('unauthenticated');
    if (state === 'confirmation_required') return expect(told(outcome)).toBe(state);
    expect(told(outcome)).toBe(this.isRight ? 200 : 'validation_failed');
    if (!this.isRight) return;
    Object.assign(visit.account, { password: next, mustChangePassword: false });
    model.end((other) => other !== visit && other.account === visit.account);
    model.renew(this.client, person.token());
    model.note('password changed');
  }
}

export class SetTwoFactor extends Step {
  constructor(
    readonly client: number,
    readonly isOn: boolean,
  ) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client);
    const request = () => world.client(this.client).setTwoFactor(this.isOn);
    const { outcome, isSent } = await sending(model, world.app, request, () => visit!.account);
    const expected = this.expected(model, visit);
    expect(told(outcome)).toBe(expected);
    if (expected !== 'step_up_required') expect(isSent).toBe(false);
    model.note(`two-factor: ${expected}`);
    if (!visit || expected !== 200 || visit.account.hasTwoFactor === this.isOn) return;
    visit.account.hasTwoFactor = this.isOn;
    if (!this.isOn) visit.proofs.delete('disable_two_factor');
    model.end((other) => other !== visit && other.account === visit.account);
    model.note(`two-factor ${this.isOn ? 'on' : 'off'}`);
  }

  private expected(model: Model, visit: Visit | undefined): number | string {
    if (!visit) return 'unauthenticated';
    const state = model.stateOf(visit);
    if (state !== 'active') return state;
    if (visit.account.hasTwoFactor === this.isOn) return 200;
    const proofs = this.isOn
      ? [...visit.proofs.values()]
      : [visit.proofs.get('disable_two_factor') ?? -Infinity];
    return proofs.some((instant) => instant + FRESH > model.now) ? 200 : 'step_up_required';
  }
}

const STATUS = {
  stranger: 401,
  confirmation_required: 403,
  password_change_required: 403,
  active: 200,
} as const;

/** Looks where a client is, and whether a guarded route lets it in. */
export class Look extends Step {
  constructor(readonly client: number) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const person = world.client(this.client);
    const state = model.stateOf(model.visitOf(this.client));
    expect(await person.where()).toBe(state);
    expect((await person.call('GET', '/me')).status).toBe(STATUS[state]);
  }
}

export class Wait extends Step {
  constructor(readonly minutes: number) {
    super();
  }

  protected act(_model: Model, world: World): Promise<void> {
    world.app.clock.advance(minutes(this.minutes));
    return Promise.resolve();
  }
}
