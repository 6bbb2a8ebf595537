import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { ApiPerson } from './api-person.js';
import { somebody } from './people.js';
import type { TestApp } from './start-app.js';

const limits = [
  'number-day=1000',
  'account-day=1000',
  'address-hour=1000',
  'address-day=1000',
  'prefix-10-seconds=1000',
  'prefix-hour=1000',
  'prefix-day=1000',
  'foreign-prefix-day=1000',
];
/** No limit but those of money, countries and beginnings. */
export const open = {
  ABUSE_LIMITS: 'enforce',
  DEFAULT_COUNTRY: 'US',
  SEND_LIMITS: limits.join(';'),
};

/** Somebody new with that number, and what the answer says of the message. */
export const register = async (app: TestApp, phoneNumber: string) => {
  const person = new ApiPerson(app.url);
  const outcome = await person.register({ ...somebody(), phoneNumber });
  const { notice } = (person.last?.body['confirmation'] ?? {}) as { notice?: string | null };
  return { person, outcome, notice };
};
/** What limits decided, oldest first. */
export const decisions = (app: TestApp) =>
  app.db.getRepository(LimitDecision).find({ order: { id: 'ASC' } });
