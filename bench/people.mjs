import { request } from './http.mjs';

const PASSWORD = 'measure twice, cut once';
let made = 0;

/** A person nobody has met yet, with a number of the area code 212. */
export function newPerson() {
  made += 1;
  const run = process.pid.toString(36);
  return {
    username: `bench${run}x${made}`,
    password: PASSWORD,
    phone_number: `+1212${2_000_000 + made}`,
  };
}

/** Registration, the code from the inbox, its confirmation and the first check. Gives the token. */
export async function register(url, person) {
  const opened = await request(`${url}/api/v1/registration`, {
    method: 'POST',
    body: person,
    expect: 201,
  });
  const inbox = await request(
    `${url}/dev/inbox.json?to=${encodeURIComponent(person.phone_number)}`,
    { expect: 200 },
  );
  const confirmed = await request(`${url}/api/v1/session/confirmation`, {
    method: 'POST',
    token: opened.token,
    body: { code: inbox.messages[0].code },
    expect: 200,
  });
  await request(`${url}/api/v1/me`, { token: confirmed.token, expect: 200 });
  return confirmed.token;
}

export const logIn = (url, { username, password }) =>
  request(`${url}/api/v1/session`, { method: 'POST', body: { username, password }, expect: 201 });

export async function registerMany(url, count) {
  const people = [];
  while (people.length < count) {
    const group = Array.from({ length: Math.min(8, count - people.length) }, newPerson);
    people.push(
      ...(await Promise.all(
        group.map(async (person) => ({ ...person, token: await register(url, person) })),
      )),
    );
  }
  return people;
}
