// The built product with its budgets taken out: everything passes, nothing is counted. No setting does this.
import { Budgets } from '../dist/src/rate-limit/budgets.js';

const PASSED = { refusal: null, recorded: null, refusals: [], blockedUntil: null };

Object.assign(Budgets.prototype, {
  async take(_claims, also) {
    if (also) await this.unit.run((manager) => also(manager, PASSED));
    return PASSED;
  },
  giveBack: () => Promise.resolve(),
  forgive: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  refusedUntil: () => Promise.resolve(null),
});
await import('../dist/src/main.js');
