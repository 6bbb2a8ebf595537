import { randomInt } from 'node:crypto';
import { ApiPerson } from './api-person.js';
import { PASSWORD } from './people.js';
import type { TestApp } from './start-app.js';
import { makeAccount } from './ways.js';

export const REQUEST_LIMITS = 'any:20,unsafe:10,login:5,registration:3,confirmation:4';
export const FORM = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';

export const network = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** A client at an address of its own, through a proxy that is trusted. */
export function visitor(app: TestApp, address: string, headers: Record<string, string> = {}) {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        'x-forwarded-for': address,
        ...headers,
        ...(init.headers as Record<string, string>),
      },
    });
  const post = (path: string, body: string, type = path.startsWith('/api') ? JSON_TYPE : FORM) =>
    ask(path, { method: 'POST', body, headers: { 'content-type': type } });
  return { ask, post };
}

export const statuses = async (answers: readonly Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
/** How many of them are that status. */
export const of = (status: number, all: readonly number[]) =>
  all.filter((one) => one === status).length;

/** Of somebody who logged in from elsewhere. */
export async function tokenOf(
  app: TestApp,
  given: Parameters<typeof makeAccount>[1] = {},
): Promise<string> {
  const person = Object.assign(new ApiPerson(app.url), { address: network() });
  await person.logIn((await makeAccount(app, given)).username, PASSWORD);
  return person.token() ?? '';
}
