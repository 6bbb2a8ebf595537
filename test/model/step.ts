import type fc from 'fast-check';
import { accountDay, numberDay, numberShort } from '../../src/phone-verification/limits.js';
import type { Outcome } from '../support/person.js';
import { checkWorld } from './invariants.js';
import type { Account, Model } from './model.js';
import type { World } from './world.js';

/** One thing that happens: what the model says must come of it, and then whether all is as it should be. */
export abstract class Step implements fc.AsyncCommand<Model, World> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    await this.act(model, world);
    await checkWorld(model, world);
  }

  protected abstract act(model: Model, world: World): Promise<void>;

  toString(): string {
    return `${this.constructor.name} ${JSON.stringify(this)}`;
  }
}

/** What a client was told: the status of a success, the code of a refusal. */
export const told = ({ status, error }: Outcome): number | string => error ?? status;

/** Runs a request that may bring one message to an account's number; gives whether it did. No budget may be overdrawn by it. */
export async function sending<T>(
  model: Model,
  { provider, clock }: World['app'],
  request: () => Promise<T>,
  receiver: () => Account,
): Promise<{ outcome: T; isSent: boolean }> {
  const before = provider.started.length;
  const outcome = await request();
  const sent = provider.started.slice(before);
  expect(sent.length).toBeLessThanOrEqual(1);
  if (sent.length === 0) return { outcome, isSent: false };
  const { id, number, isVerified } = receiver();
  expect(sent[0]?.phoneNumber).toBe(number);
  const subject = `${number} ${isVerified}`;
  const budgets = [{ rule: numberShort, subject }, { rule: numberDay, subject }, { rule: accountDay, subject: id }];
  expect(model.sends.isOpen(budgets, clock.now())).toBe(true);
  model.sends.spend(budgets, clock.now());
  return { outcome, isSent: true };
}
