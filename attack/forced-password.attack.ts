import type { Attack } from './attack.js';
import { call } from './calls.js';
import { routesFor } from './routes.js';
import { Breach } from './verdict.js';
import { walk } from './walk.js';

export const forcedPassword: Attack = {
  name: 'forced-password',
  tries:
    'every guarded route with an account that has to choose a new password first, and its old password as the new one',
  rule: 'docs/rules.md 1; ASVS 2.3.1, 8.2.1',
  failsWhen: 'a session of before or a new one enters, or the old password will do',

  async run({ target, cast, owe }) {
    const { username } = await cast.member();
    const before = await cast.logIn();
    await owe(username);
    const old = await call(target, 'GET', '/me', { token: before });
    if (old.isSuccess)
      throw new Breach('A session of before a new password was asked for still enters.', old);
    const owing = await cast.logIn();
    const refused = await walk(
      target,
      'a session that owes a new password',
      routesFor('active', 'staff'),
      owing,
    );
    const { password } = await cast.member();
    const same = await call(target, 'PUT', '/me/password', {
      token: owing,
      body: { current_password: password, password },
    });
    if (same.isSuccess) throw new Breach('The old password was taken as the new one.', same);
    await cast.changePassword(owing);
    return `${refused} requests were refused until there was a new password`;
  },
};
