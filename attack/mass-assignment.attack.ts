import type { Attack } from './attack.js';
import { call, submit } from './calls.js';
import type { Answer } from './exchange.js';
import type { Ground } from './ground.js';
import { Breach, Unjudged } from './verdict.js';

/** None of these is the client's to set. */
const EXTRAS: Readonly<Record<string, unknown>> = {
  id: 1,
  is_staff: true,
  is_superuser: true,
  is_active: true,
  phone_number_verified: true,
  isStaff: true,
  groups: [1],
  permissions: ['users.edit'],
  registration_expires_at: null,
  role: 'admin',
  user_id: 1,
  state: 'active',
  methods: ['password', 'sms'],
};
/** These alone where requests are few: at the registration and the log-in. */
const DEAREST = new Set(['id', 'is_staff', 'is_superuser', 'phone_number_verified']);
const KEPT = [
  'id',
  'username',
  'phone_number',
  'phone_number_verified',
  'is_staff',
  'is_superuser',
  'is_active',
  'change_pw',
];

export const massAssignment: Attack = {
  name: 'mass-assignment',
  tries: `${Object.keys(EXTRAS).length} fields not the client's to set (is_staff, id, …) in the bodies of all calls`,
  rule: 'ASVS 15.3.3, 8.2.3',
  failsWhen: 'a body with one of them is taken, or the account changes by it',

  async run(ground) {
    const { target, cast } = ground;
    const { username, password } = await cast.member();
    const token = await cast.logIn();
    const before = await me(ground, token);
    const pending = (await cast.pending()).token;
    const phoneNumber = ground.phones.isEndless ? ground.phones.next() : null;
    for (const [name, value] of Object.entries(EXTRAS)) {
      const more = { [name]: value };
      const isDear = DEAREST.has(name);
      if (isDear && phoneNumber !== null)
        refuse(name, await cast.ask({ username: cast.name(), phoneNumber, more }));
      if (isDear)
        refuse(
          name,
          await call(target, 'POST', '/session', { body: { username, password, ...more } }),
        );
      refuse(
        name,
        await call(target, 'POST', '/session/confirmation', {
          token: pending,
          body: { code: '', ...more },
        }),
      );
      refuse(name, await call(target, 'PATCH', '/me', { token, body: { full_name: '', ...more } }));
      refuse(
        name,
        await call(target, 'PUT', '/me/two-factor', { token, body: { enabled: false, ...more } }),
      );
      refuse(
        name,
        await call(target, 'PUT', '/me/password', {
          token,
          body: { current_password: password, password, ...more },
        }),
      );
    }
    const { cookie } = await cast.logInByPage();
    const fields = { is_staff: 'on', is_superuser: 'true', id: '1', phone_number_verified: '1' };
    const form = await submit(target, '/dashboard/', fields, cookie);
    const after = await me(ground, token);
    const changed = KEPT.find((name) => after.json[name] !== before.json[name]);
    if (changed !== undefined)
      throw new Breach(`${changed} was changed by a field that is not the client's.`, form);
    return `each of ${Object.keys(EXTRAS).length} fields was refused in every body`;
  },
};

async function me({ target }: Ground, token: string): Promise<Answer> {
  const answer = await call(target, 'GET', '/me', { token });
  if (!answer.isSuccess)
    throw new Unjudged(`the target does not show the account (${answer.status} ${answer.code})`);
  return answer;
}

function refuse(name: string, answer: Answer): void {
  if (answer.isSuccess) throw new Breach(`A body with ${name} was taken.`, answer);
}
