import { jest } from '@jest/globals';
import { Budgets, type Claim } from '../../../src/rate-limit/budgets.js';

/**
 * A guard taken out of the running application itself: the attack that must find it, and what it
 * must say.
 */
export interface Hole {
  attack: string;
  what: string;
  told: RegExp;
  /** Until the mocks are restored. */
  dig: () => unknown;
}

type Method = (this: unknown, ...given: unknown[]) => unknown;

/**
 * Puts `instead` in the place of a method of every instance, private ones too; `asked` runs the one
 * that was there.
 */
export function replace(
  { prototype }: { prototype: object },
  name: string,
  instead: (asked: () => unknown, ...given: never[]) => unknown,
): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name];
  if (!original) throw new Error(`There is no method ${name}.`);
  jest.spyOn(methods, name).mockImplementation(function (this: unknown, ...given) {
    return instead(() => original.apply(this, given), ...(given as never[]));
  });
}

/** The named limits are so high that nobody meets them. */
export const withoutEnd = (...names: readonly string[]): void =>
  replace(Budgets, 'take', (take, claims: Claim[]) => {
    for (const [index, { rule, ...claim }] of claims.entries())
      if (names.includes(rule.name))
        claims[index] = { ...claim, rule: { ...rule, refusedUntil: () => null } };
    return take();
  });
