import type { Attack } from './attack.js';
import { call } from './calls.js';
import type { Answer } from './exchange.js';
import type { Ground } from './ground.js';
import { leakIn } from './leak.js';
import { Breach, whereAble } from './verdict.js';

const ODD: readonly unknown[] = [null, true, 7, 1e308, [], ['a'], { $ne: null }, { toString: 'a' }];
const HUGE = 'a'.repeat(120_000);
/** Bodies that are no plain object with each name once. */
const RAW: readonly string[] = [
  'null',
  '[]',
  '"text"',
  '7',
  '{',
  '',
  '\u0000',
  '[{"username":"a","password":"b"}]',
  '{"username":"a","username":"b","password":"c"}',
  '{"__proto__":{"is_staff":true},"username":"a","password":"b"}',
  '{"constructor":{"prototype":{"is_staff":true}},"username":"a","password":"b"}',
  `{"username":${'['.repeat(500)}${']'.repeat(500)},"password":"b"}`,
  `{"username":"${HUGE}","password":"b"}`,
  '{"username":"\\ud800","password":"\\u0000"}',
];
const FORMS: readonly string[] = [
  'username=a&username=b&password=c',
  'username[]=a&password[$ne]=',
  '__proto__[is_staff]=1&username=a&password=b',
  `username=${HUGE}&password=b`,
  `${'a=1&'.repeat(2000)}username=a&password=b`,
  '%',
  'username=%ff%fe&password=%00',
];
const TYPES = ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'text/json'];

export const typeConfusion: Attack = {
  name: 'type-confusion',
  tries:
    'arrays, objects, numbers, null, __proto__, duplicate keys, deep and huge bodies, other content types',
  rule: 'ASVS 2.2.1, 1.5.2, 15.3.6',
  failsWhen: 'one of them is taken, makes it crash, or is answered with its insides',

  async run(ground) {
    let sent = 0;
    const refuse = (what: string, answer: Answer) => {
      sent += 1;
      if (answer.isSuccess) throw new Breach(`${what} was taken.`, answer);
      if (answer.status === 500) throw new Breach(`${what} made it crash.`, answer);
      if (leakIn(answer) !== null)
        throw new Breach(`${what} was answered with its insides.`, answer);
    };
    await confuseLogIn(ground, refuse);
    const told = await whereAble(() => confuseAccounts(ground, refuse));
    return `${sent} odd bodies were refused; ${told}`;
  },
};

type Refuse = (what: string, answer: Answer) => void;

async function confuseLogIn({ target }: Ground, refuse: Refuse): Promise<void> {
  for (const value of ODD) {
    refuse(
      'An odd username',
      await call(target, 'POST', '/session', { body: { username: value, password: 'b' } }),
    );
    refuse(
      'An odd password',
      await call(target, 'POST', '/session', { body: { username: 'a', password: value } }),
    );
  }
  for (const body of RAW) refuse('An odd body', await call(target, 'POST', '/session', { body }));
  for (const type of TYPES) {
    const headers = { 'content-type': type };
    refuse(
      `A body of ${type}`,
      await call(target, 'POST', '/session', { body: '{"username":"a","password":"b"}', headers }),
    );
  }
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
  };
  for (const body of FORMS)
    refuse('An odd form', await target.send({ method: 'POST', path: '/login/', headers, body }));
}

async function confuseAccounts({ target, cast, phones }: Ground, refuse: Refuse): Promise<string> {
  const [token, pending] = [await cast.logIn(), (await cast.pending()).token];
  const phoneNumber = phones.isEndless ? phones.next() : null;
  for (const value of ODD) {
    refuse(
      'An odd code',
      await call(target, 'POST', '/session/confirmation', {
        token: pending,
        body: { code: value },
      }),
    );
    refuse(
      'An odd full name',
      await call(target, 'PATCH', '/me', { token, body: { full_name: value } }),
    );
    if (value !== true)
      refuse(
        'An odd switch',
        await call(target, 'PUT', '/me/two-factor', { token, body: { enabled: value } }),
      );
  }
  if (phoneNumber !== null) {
    for (const more of [
      { username: ['a'] },
      { password: { $ne: null } },
      { full_name: 7 },
      { phone_number: [phoneNumber] },
    ])
      refuse('An odd registration', await cast.ask({ username: cast.name(), phoneNumber, more }));
  }
  return 'with an account and without';
}
