import { In } from 'typeorm';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { hashToken } from '../../src/common/token.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { TRIES } from '../../src/common/limits/code-limits.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import type { Account, Model } from './model.js';
import type { World } from './world.js';

/** An id that no account has: a list for IN must not be empty. */
const NOBODY = 0;

/** What holds after every step, by what the tables and the provider saw. */
export async function checkWorld(model: Model, world: World): Promise<void> {
  const users = await world.app.db.manager.findBy(User, {
    username: In(world.people.map(({ username }) => username)),
  });
  expect(byId(users.map(rowOf))).toEqual(byId([...model.accounts.values()].map(modelled)));
  checkNumbers(users);
  const ids = users.map(({ id }) => id);
  await checkSessions(model, world, ids);
  await checkBudgets(model, world, ids);
}

/**
 * Dead tokens stay dead, and each living one leads where its proofs allow: asked of the product
 * itself.
 */
export async function checkTokens(model: Model, world: World): Promise<void> {
  for (const token of model.deadTokens)
    expect(await new ApiPerson(world.app.url, token).where()).toBe('stranger');
  for (const token of model.visits.keys()) {
    expect(await new ApiPerson(world.app.url, token).where()).toBe(
      model.stateOf(model.living(token)),
    );
  }
}

function checkNumbers(users: readonly User[]): void {
  const verified = users.flatMap(({ verifiedPhoneNumber }) => verifiedPhoneNumber ?? []);
  expect(new Set(verified).size).toBe(verified.length);
}

/**
 * Exactly the sessions that somebody has opened by their proofs, each with the proofs that were
 * seen and no other.
 */
async function checkSessions(model: Model, world: World, ids: readonly number[]): Promise<void> {
  const rows = await world.app.db.manager.findBy(Session, { userId: In([...ids, NOBODY]) });
  const found = rows.map(
    ({ userId, tokenHash, methods }) => `${userId} ${tokenHash} ${methods.join()}`,
  );
  const proven = [...model.visits].map(
    ([
      token,
      {
        account: { id },
        methods,
      },
    ]) => `${id} ${hashToken(token)} ${methods.join()}`,
  );
  expect(found.sort()).toEqual(proven.sort());
}

async function checkBudgets(model: Model, world: World, ids: readonly number[]): Promise<void> {
  expect(world.app.provider.compared).toHaveLength(model.compared);
  expect([...model.tried.values()].filter((count) => count > TRIES)).toEqual([]);
  const challenges = await world.app.db.manager.findBy(Challenge, {
    userId: In([...ids, NOBODY]),
  });
  const left = challenges.map(({ id, attemptsLeft }) => ({ id, attemptsLeft }));
  expect(left).toEqual(
    left.map(({ id }) => ({ id, attemptsLeft: TRIES - (model.tried.get(id) ?? 0) })),
  );
}

const rowOf = (user: User) => ({
  id: user.id,
  username: user.username,
  number: user.phoneNumber,
  isVerified: user.phoneNumberVerified,
  verifiedNumber: user.verifiedPhoneNumber,
  hasTwoFactor: user.twoFactorAuth,
  isActive: user.isActive,
  mustChangePassword: user.changePw,
  expires: user.registrationExpiresAt?.getTime() ?? null,
});

const modelled = ({ password: _password, joined: _joined, ...account }: Account) => ({
  ...account,
  verifiedNumber: account.isVerified ? account.number : null,
});

const byId = <T extends { id: number }>(rows: readonly T[]): T[] =>
  [...rows].sort((one, other) => one.id - other.id);
