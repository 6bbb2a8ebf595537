import type { Attack } from './attack.js';
import { call, confirm, cookieOf, submit } from './calls.js';
import type { Ground } from './ground.js';
import type { Target } from './target.js';
import { Breach, Unjudged } from './verdict.js';

export const twoFactor: Attack = {
  name: 'two-factor',
  tries:
    'two-factor turned on and off without a fresh proof of the phone, by every way there is, and a log-in that skips it',
  rule: 'docs/rules.md 1 and 5; ASVS 7.5.1, 7.4.3, 6.3.3',
  failsWhen: 'any of it succeeds, or a session of before outlives the change',

  async run(ground) {
    const { target, cast } = ground;
    const { username, password, phoneNumber, active } = await cast.spare();
    const body = { username, password };
    // It proved the password alone.
    const other = cast.tokenOf(await call(target, 'POST', '/session', { body }), 'log in');
    await refuse(ground, other, true);
    const proven = await turnOn(ground, active, phoneNumber);
    // It owes its code by now, and would be led on: it must be over.
    const old = await call(target, 'GET', '/session', { token: other });
    if (old.isSuccess)
      throw new Breach('A session of before two-factor was turned on still lives.', old);
    await refuse(ground, proven, false);
    const opened = await call(target, 'POST', '/session', { body });
    const me = await call(target, 'GET', '/me', { token: cast.tokenOf(opened, 'log in') });
    if (me.isSuccess) throw new Breach('A password alone logs in where two-factor is on.', opened);
    return 'it changes with a fresh proof of the phone only, and is asked for at the log-in';
  },
};

/**
 * Tries to set it by each way, with a session that has no proof for that: one for turning it on is
 * none for turning it off.
 */
async function refuse({ target }: Ground, token: string, enabled: boolean): Promise<void> {
  const word = enabled ? 'on' : 'off';
  const ways = [
    () => call(target, 'PUT', '/me/two-factor', { token, body: { enabled } }),
    () => call(target, 'PATCH', '/me', { token, body: { two_factor_auth: enabled } }),
    () => submit(target, '/dashboard/', { two_factor_auth: word }, cookieOf(token)),
  ];
  for (const way of ways) {
    const answer = await way();
    if ((await isOn(target, token)) === enabled)
      throw new Breach(`Two-factor was turned ${word} without a fresh proof.`, answer);
  }
}

/**
 * The token with which it was turned on: at once where the confirmation is young enough, else by a
 * code.
 */
async function turnOn(
  { target, cast, phones }: Ground,
  active: string,
  phoneNumber: string,
): Promise<string> {
  const ask = (token: string) =>
    call(target, 'PUT', '/me/two-factor', { token, body: { enabled: true } });
  const first = await ask(active);
  if (first.isSuccess) return active;
  const confirmed = await confirm(target, active, await phones.codeFor(phoneNumber));
  const token = cast.tokenOf(confirmed, 'take the code for two-factor');
  const again = await ask(token);
  if (!again.isSuccess)
    throw new Unjudged(`the target did not turn two-factor on (${again.status} ${again.code})`);
  return token;
}

/** A session that proved the password alone is shut out once it is on. */
async function isOn(target: Target, token: string): Promise<boolean> {
  const { json, isSuccess, status, code } = await call(target, 'GET', '/me', { token });
  if (code === 'confirmation_required') return true;
  if (!isSuccess) throw new Unjudged(`the target does not show the account (${status} ${code})`);
  return json['two_factor_auth'] === true;
}
