import type { Attack } from './attack.js';
import { call, confirm, submit, visit } from './calls.js';
import { Breach } from './verdict.js';

export const replay: Attack = {
  name: 'replay',
  tries: 'a code once more, a token after log-out, a cookie after log-out',
  rule: 'docs/rules.md 2 and 5; ASVS 6.5.1, 7.4.1',
  failsWhen: 'any of them still opens something',

  async run({ target, cast }) {
    const { active, token, code } = await cast.member();
    for (const held of [active, token]) {
      const answer = await confirm(target, held, code);
      if (answer.isSuccess) throw new Breach('A used code was taken a second time.', answer);
    }

    const ended = await cast.logIn();
    await call(target, 'DELETE', '/session', { token: ended });
    for (const path of ['/session', '/me']) {
      const answer = await call(target, 'GET', path, { token: ended });
      if (answer.isSuccess) throw new Breach('A token still works after log-out.', answer);
    }

    const { cookie } = await cast.logInByPage();
    await submit(target, '/logout/', {}, cookie);
    for (const path of ['/dashboard/', '/api/v1/me', '/api/v1/session']) {
      const answer = await visit(target, path, cookie);
      if (answer.isSuccess) throw new Breach('A cookie still works after log-out.', answer);
    }
    return 'used codes, and what log-out ended, open nothing';
  },
};
