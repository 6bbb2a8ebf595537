import type { Attack } from './attack.js';
import { visit } from './calls.js';
import { Breach } from './verdict.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** Every route that changes something: method, path, content type, body. */
const UNSAFE: readonly (readonly [string, string, string, string])[] = [
  ['POST', '/register/', FORM, 'username=x'], ['POST', '/login/', FORM, 'username=x&password=y'], ['POST', '/logout/', FORM, ''],
  ['POST', '/verify/', FORM, 'one_time_password=1'], ['POST', '/verify/resend', FORM, ''], ['POST', '/verify/cancel', FORM, ''],
  ['POST', '/password/', FORM, 'old_password=x'], ['POST', '/dashboard/', FORM, 'two_factor_auth=on'],
  ['POST', '/%64ashboard/', FORM, 'two_factor_auth=on'],
  ['POST', '/api/v1/registration', JSON_TYPE, '{}'], ['POST', '/api/v1/session', JSON_TYPE, '{}'],
  ['DELETE', '/api/v1/session', JSON_TYPE, ''], ['PATCH', '/api/v1/me', JSON_TYPE, '{"full_name":"Mallory"}'],
  ['PUT', '/api/v1/me/two-factor', JSON_TYPE, '{"enabled":true}'], ['PUT', '/api/v1/me/password', JSON_TYPE, '{}'],
  ['POST', '/api/v1/session/confirmation', JSON_TYPE, '{"code":"1"}'],
  ['POST', '/api/v1/session/confirmation/resend', JSON_TYPE, '{}'],
  ['POST', '/admin/api/resources/users/actions/new', FORM, 'username=x'],
];
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }, { origin: 'https://evil.example' },
];

export const crossSite: Attack = {
  name: 'cross-site',
  tries: `what another site's page could send with a member's cookie (CSRF) on ${UNSAFE.length} routes, and read`,
  rule: 'ASVS 3.5.1, 3.4.2',
  failsWhen: 'one of them is answered with anything but 403, changes the session, or may be read',

  async run({ target, cast }) {
    const { cookie } = await cast.logInByPage();
    for (const [method, path, type, body] of UNSAFE) {
      for (const foreign of FOREIGN) {
        const answer = await target.send({ method, path, headers: { cookie, 'content-type': type, ...foreign }, body });
        const [said = ''] = Object.entries(foreign).map(([name, value]) => `${name}: ${value}`);
        if (answer.status !== 403 && !answer.isLimited) throw new Breach(`${method} ${path} goes through with ${said}.`, answer);
        if (answer.sessionCookie !== '') throw new Breach(`${method} ${path} sets a session with ${said}.`, answer);
      }
    }
    const read = await target.send({ method: 'GET', path: '/api/v1/me', headers: { cookie, origin: 'https://evil.example' } });
    if (read.headers['access-control-allow-origin'] !== undefined) throw new Breach('Another origin may read answers.', read);
    const after = await visit(target, '/dashboard/', cookie);
    if (!after.isSuccess && !after.isLimited) throw new Breach('The session ended by a request of another site.', after);
    return `${UNSAFE.length * FOREIGN.length} requests were refused`;
  },
};
