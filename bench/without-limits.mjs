// The built product with its checks taken out: everything passes, nothing is counted. No setting
// does this.
import { Conversions } from '../dist/src/messaging/limits/conversions.js';
import { Budgets } from '../dist/src/rate-limit/budgets.js';
import { RequestLimits } from '../dist/src/rate-limit/request-limits.service.js';

const PASSED = { refusal: null, recorded: null, refusals: [], blockedUntil: null };
const nothing = () => undefined;
const noWait = () => Promise.resolve();

Object.assign(Budgets.prototype, {
  async take(_claims, also) {
    if (also) await this.unit.run((manager) => also(manager, PASSED));
    return PASSED;
  },
  giveBack: noWait,
  forgive: noWait,
  forgiveIn: noWait,
  clear: noWait,
  refusedUntil: () => Promise.resolve(null),
});
Object.assign(Conversions.prototype, { judge: noWait, noteSent: noWait, noteConfirmed: noWait });
Object.assign(RequestLimits.prototype, {
  admit: nothing,
  take: noWait,
  note: nothing,
  noteProven: nothing,
});
await import('../dist/src/main.js');
