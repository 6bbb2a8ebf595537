import type { Attack } from './attack.js';
import { routesFor, unknownRoutes } from './routes.js';
import { whereAble } from './verdict.js';
import { walk } from './walk.js';

export const guardedRoutes: Attack = {
  name: 'guarded-routes',
  tries:
    'every guarded route as a stranger and with a session that still owes its code, the panel as an ordinary member, ' +
    'each address spelled in several ways',
  rule: 'docs/rules.md 1; ASVS 2.3.1, 6.3.4, 8.2.1',
  failsWhen: 'one of them is entered',

  async run({ target, cast }) {
    const closed = routesFor('password', 'active', 'staff');
    // What only a newer target has may well be open to a pending session.
    const closedToStrangers = [
      ...closed,
      ...routesFor('pending'),
      ...(await unknownRoutes(target)),
    ];
    const strangers = await walk(target, 'a stranger', closedToStrangers, null);
    const pending = await whereAble(async () => {
      const { token } = await cast.pending();
      return `${await walk(target, 'a pending session', closed, token)} of a pending session`;
    });
    const member = await whereAble(async () => {
      const token = await cast.logIn();
      return `${await walk(target, 'an ordinary member', routesFor('staff'), token)} of an ordinary member`;
    });
    return `refused: ${strangers} requests of a stranger; ${pending}; ${member}`;
  },
};
