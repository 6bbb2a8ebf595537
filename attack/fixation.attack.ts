import { newToken } from '../src/common/token.js';
import type { Attack } from './attack.js';
import { call, visit } from './calls.js';
import type { Ground } from './ground.js';
import { Breach } from './verdict.js';

export const fixation: Attack = {
  name: 'fixation',
  tries:
    'a session cookie planted before the log-in, and tokens of before the code and before a new password',
  rule: 'docs/rules.md 5; ASVS 7.2.4',
  failsWhen: 'a planted cookie becomes the session, or a token outlives the proof after it',

  async run(ground) {
    await plant(ground);
    await outliveCode(ground);
    await outlivePassword(ground);
    return 'each proof made a new token and ended the old one';
  },
};

async function plant({ target, cast }: Ground): Promise<void> {
  const own = (await cast.logInByPage()).cookie;
  const token = newToken();
  target.hide(token, '$PLANTED');
  const planted = `${own.split('=')[0] ?? ''}=${token}`;
  const { cookie, answer } = await cast.logInByPage('/login/', planted);
  if (cookie === planted) throw new Breach('The planted cookie became the session.', answer);
  const opened = await visit(target, '/dashboard/', planted);
  if (opened.isSuccess) throw new Breach('The planted cookie opens the dashboard.', opened);
}

async function outliveCode({ target, cast }: Ground): Promise<void> {
  const { active, token } = await cast.member();
  const old = await call(target, 'GET', '/session', { token });
  if (active === token || old.isSuccess)
    throw new Breach('The token of before the code still works after it.', old);
}

async function outlivePassword({ target, cast }: Ground): Promise<void> {
  const [first, second] = [await cast.logIn(), await cast.logIn()];
  await cast.changePassword(first);
  for (const token of [first, second]) {
    const old = await call(target, 'GET', '/me', { token });
    if (old.isSuccess) throw new Breach('A token of before the new password still works.', old);
  }
}
