import type fc from 'fast-check';
import { loadSettings } from '../../src/load-settings.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import type { Challenge } from '../../src/phone-verification/challenge.entity.js';
import type { Sending } from '../../src/phone-verification/providers/verification-provider.js';
import type { CountedAs } from '../../src/messaging/limits/place.js';
import { sendRules } from '../../src/messaging/limits/send-rules.js';
import type { Entry } from '../support/ledger.js';
import type { Outcome } from '../support/person.js';
import { checkWorld } from './invariants.js';
import type { Account, Model } from './model.js';
import type { World } from './world.js';

/**
 * One thing that happens: what the model says must come of it, and then whether all is as it should
 * be.
 */
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

const rules = sendRules(loadSettings({ NODE_ENV: 'test', SECRET_KEY: 'x'.repeat(32) }));

/** What a client was told: the status of a success, the code of a refusal. */
export const told = ({ status, error }: Outcome): number | string => error ?? status;

/**
 * Runs a request that may bring one message to an account's number; gives whether it did. No budget
 * may be overdrawn by it.
 */
export async function sending<T>(
  model: Model,
  { provider, clock, db }: World['app'],
  request: () => Promise<T>,
  receiver: () => Account,
): Promise<{ outcome: T; isSent: boolean }> {
  const before = provider.started.length;
  const outcome = await request();
  const sent = provider.started.slice(before);
  expect(sent.length).toBeLessThanOrEqual(1);
  if (sent.length === 0) return { outcome, isSent: false };
  const account = receiver();
  expect(sent[0]?.phoneNumber).toBe(account.number);
  // A provider is given the whole challenge, though it is told of less.
  const { sessionId } = sent[0] as Sending & Pick<Challenge, 'sessionId'>;
  const session = await db.getRepository(Session).findOneBy({ id: sessionId });
  const isKnown = session !== null && session.deviceId !== null;
  const standing = isKnown ? 'device' : account.isVerified ? 'confirmed' : 'unconfirmed';
  const budgets = [...untilAnswered(account, standing), ...forTheDay(account, standing)];
  expect(model.sends.isOpen(budgets, clock.now())).toBe(true);
  model.sends.spend(budgets, clock.now());
  return { outcome, isSent: true };
}

/** What a message counts for until its code is typed in. */
export const untilAnswered = ({ id, number }: Account, standing: CountedAs): Entry[] => [
  { rule: rules.numberShort, subject: `${standing} ${number}` },
  { rule: rules.numberDay, subject: `${standing} ${number}` },
  { rule: rules.accountDay, subject: accountOf(id, standing) },
];

/** What it counts for anyhow. */
const forTheDay = ({ id, number }: Account, standing: CountedAs): Entry[] => [
  { rule: rules.numberAllDay, subject: `${standing} ${number}` },
  { rule: rules.accountAllDay, subject: accountOf(id, standing) },
];

const accountOf = (id: number, standing: CountedAs): string =>
  `${standing === 'device' ? 'devices ' : ''}${id}`;
