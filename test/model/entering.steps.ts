import { minutes } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import type { Account, Model, Visit } from './model.js';
import { sending, Step, told } from './step.js';
import type { World } from './world.js';

export class Register extends Step {
  constructor(
    readonly client: number,
    readonly who: number,
  ) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const form = world.people[this.who]!;
    const visit = model.visitOf(this.client);
    const own =
      visit && model.isPending(visit) && visit.account.expires !== null ? visit.account : undefined;
    const holder = model.accounts.get(form.username);
    const person = world.client(this.client);
    if (holder && isGoneOnWith(model, holder, form))
      return this.goOn(model, world, { holder, own });
    const isFree = !holder || holder === own || model.isExpired(holder);
    let made: Account | undefined;
    // The message goes out within the request, for an account that the model does not know yet.
    const { outcome } = await sending(
      model,
      world.app,
      async () => {
        const answer = await person.register(form);
        if (!isFree || told(answer) !== 201) return answer;
        for (const gone of [own, holder]) if (gone) model.remove(gone);
        const { id } = await world.app.db
          .getRepository(User)
          .findOneByOrFail({ username: form.username });
        made = newAccount(id, form, model.now);
        model.accounts.set(form.username, made);
        model.enter(made, person.token()!);
        model.held[this.client] = person.token();
        return answer;
      },
      () => made!,
    );
    expect(told(outcome)).toBe(isFree ? 201 : 'username_taken');
    model.note(`register: ${told(outcome)}`);
  }

  /** The same row, by a session that is its only one from here on. */
  private async goOn(
    model: Model,
    world: World,
    { holder, own }: { holder: Account; own: Account | undefined },
  ): Promise<void> {
    const person = world.client(this.client);
    const form = world.people[this.who]!;
    const { outcome, isSent } = await sending(
      model,
      world.app,
      () => person.register(form),
      () => holder,
    );
    expect(told(outcome)).toBe(201);
    if (own && own !== holder) model.remove(own);
    model.end(({ account }) => account === holder);
    model.enter(holder, person.token()!);
    model.held[this.client] = person.token();
    if (isSent) model.extendRegistration(holder);
    model.note('register: continued');
  }
}

/** The same username, number and password as of an unfinished registration. */
const isGoneOnWith = (
  model: Model,
  holder: Account,
  { phoneNumber, password }: World['people'][number],
): boolean =>
  holder.expires !== null &&
  !model.isExpired(holder) &&
  holder.isActive &&
  holder.number === phoneNumber &&
  holder.password === password;

export class LogIn extends Step {
  constructor(
    readonly client: number,
    readonly who: number,
    readonly isRight: boolean,
  ) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const { username } = world.people[this.who]!;
    const account = model.accounts.get(username);
    const isLet =
      account !== undefined && !model.isExpired(account) && account.isActive && this.isRight;
    const person = world.client(this.client);
    const previous = model.visitOf(this.client);
    const challenge = await world.challengeOf(model.held[this.client]);
    const password = this.isRight ? (account?.password ?? PASSWORD) : 'not the password';
    const { outcome, isSent } = await sending(
      model,
      world.app,
      () => person.logIn(username, password),
      () => account!,
    );
    expect(told(outcome)).toBe(isLet ? 201 : 'invalid_credentials');
    if (!isLet) return;
    const visit = model.enter(account, person.token()!);
    if (previous && model.stateOf(previous) !== 'active') model.end((other) => other === previous);
    model.held[this.client] = person.token();
    if (isSent) model.extendRegistration(account);
    const isHandedOver =
      isPendingOf(model, previous, account) && challenge !== null && isOpen(challenge, model);
    if (!model.isPending(visit) || isHandedOver) expect(isSent).toBe(false);
    model.note(`log in: ${model.stateOf(visit)}`);
  }
}

export class LogOut extends Step {
  constructor(readonly client: number) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const visit = model.visitOf(this.client);
    expect(told(await world.client(this.client).logOut())).toBe(visit ? 204 : 'unauthenticated');
    if (visit) model.end((other) => other === visit);
    model.held[this.client] = undefined;
  }
}

const newAccount = (
  id: number,
  { username, phoneNumber }: World['people'][number],
  now: number,
): Account => ({
  id,
  username,
  number: phoneNumber,
  password: PASSWORD,
  isVerified: false,
  hasTwoFactor: false,
  isActive: true,
  mustChangePassword: false,
  joined: now,
  expires: now + minutes(15),
});

const isPendingOf = (model: Model, visit: Visit | undefined, account: Account): boolean =>
  visit !== undefined && visit.account === account && model.stateOf(visit) !== 'active';

interface Dated {
  consumedAt: Date | null;
  canceledAt: Date | null;
  expiresAt: Date;
}

/** Neither used, nor canceled, nor too old. */
export const isOpen = ({ consumedAt, canceledAt, expiresAt }: Dated, { now }: Model): boolean =>
  consumedAt === null && canceledAt === null && expiresAt.getTime() > now;
