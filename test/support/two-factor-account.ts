import { User } from '../../src/users/user.entity.js';
import type { Registration } from './person.js';
import type { TestApp } from './start-app.js';
import { makeAccount } from './ways.js';

/** A confirmed account with the second factor on. */
export async function makeTwoFactorAccount(app: TestApp): Promise<Registration> {
  const form = await makeAccount(app);
  await app.db.getRepository(User).update({ username: form.username }, { twoFactorAuth: true });
  return form;
}
