import type { StaffPatch } from '../../src/staff/staff-patch.js';
import type { Account, Model } from './model.js';
import { Step } from './step.js';
import type { World } from './world.js';

const HANDED_OVER = 'handed over by the staff';

/**
 * What staff do to an account: through the services behind the panel. Only where there is such an
 * account.
 */
abstract class StaffStep extends Step {
  constructor(readonly who: number) {
    super();
  }

  protected async act(model: Model, world: World): Promise<void> {
    const account = model.accounts.get(world.people[this.who]!.username);
    if (!account) return;
    await this.work(account, model, world);
    model.note(this.constructor.name);
  }

  protected abstract work(account: Account, model: Model, world: World): Promise<void>;
}

/** An edit after which nothing goes on that was open before. */
abstract class ClosingEdit extends StaffStep {
  protected async work(account: Account, model: Model, world: World): Promise<void> {
    const [patch, changes] = this.edit(account, world);
    // A password counts as changed though it be the one that was there.
    const differs = ([name, value]: [string, unknown]) => account[name as keyof Account] !== value;
    const isChange = patch.password !== undefined || Object.entries(changes).some(differs);
    await world.accounts.edit(world.staff, account.id, patch, world.staffClient);
    if (!isChange) return;
    Object.assign(account, changes);
    model.end((visit) => visit.account === account);
  }

  protected abstract edit(account: Account, world: World): [StaffPatch, Partial<Account>];
}

export class Deactivate extends ClosingEdit {
  protected edit(): [StaffPatch, Partial<Account>] {
    return [{ isActive: false }, { isActive: false, isVerified: false }];
  }
}

export class Reactivate extends ClosingEdit {
  protected edit(): [StaffPatch, Partial<Account>] {
    return [{ isActive: true }, { isActive: true }];
  }
}

export class ChangeNumber extends ClosingEdit {
  constructor(
    who: number,
    readonly number: number,
  ) {
    super(who);
  }

  protected override async work(account: Account, model: Model, world: World): Promise<void> {
    const number = world.numbers[this.number]!;
    if (!model.isTaken(account, number) || account.number === number)
      return super.work(account, model, world);
    const edit = world.accounts.edit(
      world.staff,
      account.id,
      { phoneNumber: number },
      world.staffClient,
    );
    await expect(edit).rejects.toMatchObject({ code: 'validation_failed' });
    model.note('ChangeNumber: taken');
  }

  protected edit(account: Account, world: World): [StaffPatch, Partial<Account>] {
    const number = world.numbers[this.number]!;
    return [
      { phoneNumber: number },
      number === account.number ? {} : { number, isVerified: false },
    ];
  }
}

export class ReleaseNumber extends StaffStep {
  protected async work(account: Account, model: Model, world: World): Promise<void> {
    if (!account.isVerified) return;
    await world.numberDesk.release(world.staff, account.id, world.staffClient);
    account.isVerified = false;
    model.end((visit) => visit.account === account);
  }
}

export class GivePassword extends ClosingEdit {
  protected edit(): [StaffPatch, Partial<Account>] {
    return [{ password: HANDED_OVER }, { password: HANDED_OVER, mustChangePassword: true }];
  }
}

export class TurnTwoFactorOff extends ClosingEdit {
  protected edit(): [StaffPatch, Partial<Account>] {
    return [{ twoFactorAuth: false }, { hasTwoFactor: false }];
  }
}

export class Unlock extends StaffStep {
  protected async work({ id }: Account, model: Model, world: World): Promise<void> {
    await world.support.unlock(world.staff, id, world.staffClient);
    model.guesses.forgetAll(`${id}/`);
  }
}

export class Delete extends StaffStep {
  protected async work(account: Account, model: Model, world: World): Promise<void> {
    await world.accounts.remove(world.staff, account.id, world.staffClient);
    model.remove(account);
  }
}

export class EndSession extends StaffStep {
  protected async work(account: Account, model: Model, world: World): Promise<void> {
    const [token, visit] =
      [...model.visits].find(([held, { account: of }]) => of === account && model.living(held)) ??
      [];
    if (token === undefined) return;
    const { id } = (await world.sessionOf(token))!;
    await world.support.endSession(world.staff, id, world.staffClient);
    model.end((other) => other === visit);
  }
}
