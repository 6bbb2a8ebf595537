import type { Attack } from './attack.js';
import { visit } from './calls.js';
import { changingRoutes, unknownRoutes, type Route } from './routes.js';
import { Breach } from './verdict.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** One spelled another way beside them. */
const SPELLED: Route = { method: 'POST', path: '/%64ashboard/' };
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'null' },
  { origin: 'https://evil.example' },
];

export const crossSite: Attack = {
  name: 'cross-site',
  tries:
    "what another site's page could send with a member's cookie (CSRF) on every route that changes something, and read",
  rule: 'ASVS 3.5.1, 3.4.2',
  failsWhen: 'one of them is answered with anything but 403, changes the session, or may be read',

  async run({ target, cast }) {
    const { cookie } = await cast.logInByPage();
    const known = [...changingRoutes(), SPELLED];
    const routes = [
      ...known,
      ...(await unknownRoutes(target)).filter(({ method }) => method !== 'GET'),
    ];
    for (const { method, path } of routes) {
      const [type, body] = path.startsWith('/api')
        ? [JSON_TYPE, '{}']
        : [FORM, 'two_factor_auth=on'];
      for (const foreign of FOREIGN) {
        const answer = await target.send({
          method,
          path,
          headers: { cookie, 'content-type': type, ...foreign },
          body,
        });
        const [said = ''] = Object.entries(foreign).map(([name, value]) => `${name}: ${value}`);
        if (answer.status !== 403 && !answer.isLimited)
          throw new Breach(`${method} ${path} goes through with ${said}.`, answer);
        if (answer.sessionCookie !== '')
          throw new Breach(`${method} ${path} sets a session with ${said}.`, answer);
      }
    }
    const read = await target.send({
      method: 'GET',
      path: '/api/v1/me',
      headers: { cookie, origin: 'https://evil.example' },
    });
    if (read.headers['access-control-allow-origin'] !== undefined)
      throw new Breach('Another origin may read answers.', read);
    const after = await visit(target, '/dashboard/', cookie);
    if (!after.isSuccess && !after.isLimited)
      throw new Breach('The session ended by a request of another site.', after);
    return `${routes.length * FOREIGN.length} requests were refused`;
  },
};
