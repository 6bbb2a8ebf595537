import Database from 'libsql';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../processes.mjs';
import { timedRequest } from '../http.mjs';
import { installation, ringback, startProduct } from '../product.mjs';
import { bootstrap, spread } from '../stats.mjs';

const TRIES = 200;
const PASSWORD = 'measure twice, cut once';
/** What the rows of `perf-seed` become, so many of each; what is left after them stays as it is. */
const CHANGES = {
  unverified: 'phone_number_verified = 0, verified_phone_number = NULL',
  inactive: 'is_active = 0',
};
/**
 * Wrong passwords after which an account waits, whatever the address
 * (src/auth/credentials.service.ts).
 */
const UNTIL_LOCKED = 100;
/** Seconds between two messages to one number. */
const NUMBER_WAIT = 31;

/**
 * The same request about an account or a number that is there, and about one that is not: 200 tries
 * of each kind, in turn. Told are both medians and the bootstrapped 95 % interval of their ratio:
 * where 1 lies within it, the difference is noise.
 */
export async function silence() {
  const place = installation(temporaryFolder());
  // Every request comes from an address of its own, and next to nothing is spent on hashes, under
  // which differences would hide.
  const env = {
    ...place.env,
    NODE_ENV: 'test',
    BCRYPT_COST: '4',
    PASSWORD_BUDGETS: 'on',
    TRUSTED_PROXIES: '127.0.0.1',
  };
  await seed({ ...place, env });
  const { url } = await startProduct({ ...place, env });
  return [...(await logIns(url)), ...(await registrations(url))];
}

async function seed(place) {
  await ringback(place, ['migrate']);
  await ringback(place, ['perf-seed', String(3 * TRIES)]);
  const database = new Database(place.file);
  Object.values(CHANGES).forEach((change, kind) => {
    const [first, last] = [username(kind * TRIES), username((kind + 1) * TRIES - 1)];
    database.exec(`UPDATE users SET ${change} WHERE username BETWEEN '${first}' AND '${last}'`);
  });
  database.close();
}

/** The accounts of each kind, and as many that are nobody's. */
const PEOPLE = Object.fromEntries(
  ['unverified', 'inactive', 'known', 'unknown'].map((kind, index) => [
    kind,
    (one) => perf(index * TRIES + one),
  ]),
);

async function logIns(url) {
  const logIn =
    ({ name }, password, expect) =>
    () =>
      post(url, '/session', { username: name, password }, { expect });
  const wrong = (kind) => (one) => logIn(PEOPLE[kind](one), 'not the password', 401);
  const inactive = (one) => logIn(PEOPLE.inactive(one), PASSWORD, 401);
  const rows = await inTurn('log-in', 'unknown', {
    unknown: wrong('unknown'),
    known: wrong('known'),
    unverified: wrong('unverified'),
    'inactive, right password': inactive,
  });
  const [known, unknown] = [PEOPLE.known(0), PEOPLE.unknown(0)];
  for (let tries = 0; tries < UNTIL_LOCKED; tries += 1) {
    for (const who of [known, unknown])
      await post(url, '/session', { username: who.name, password: 'wrong' }, {});
  }
  const locked = (who) => () => logIn(who, 'not the password', 429);
  return [
    ...rows,
    ...(await inTurn('log-in, locked', 'unknown', {
      unknown: locked(unknown),
      known: locked(known),
    })),
  ];
}

/**
 * Registration, a resend, a wrong code: by the number of an account of each kind, and by a number
 * that is free.
 */
async function registrations(url) {
  const kinds = ['unknown', 'known', 'unverified', 'inactive'];
  const tokens = Object.fromEntries(kinds.map((kind) => [kind, []]));
  const each = (make) => Object.fromEntries(kinds.map((kind) => [kind, (one) => make(kind, one)]));
  const register = (kind, one) => async () => {
    const body = {
      username: `new-${kind}-${one}`,
      password: PASSWORD,
      phone_number: PEOPLE[kind](one).number,
    };
    const answer = await post(url, '/registration', body, { expect: 201 });
    tokens[kind][one] = answer.body.token;
    return answer;
  };
  const confirmation = (path, body, expect) => (kind, one) => () =>
    post(url, `/session/confirmation${path}`, body, { token: tokens[kind][one], expect });
  const registered = await inTurn('register', 'unknown', each(register));
  await pause(NUMBER_WAIT * 1000);
  return [
    ...registered,
    ...(await inTurn('resend', 'unknown', each(confirmation('/resend', {}, 202)))),
    ...(await inTurn('wrong code', 'unknown', each(confirmation('', { code: 'wrong' }, 422)))),
  ];
}

/** One try of each kind after the other, the order turned each time; each against `yardstick`. */
async function inTurn(name, yardstick, kinds) {
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let one = 0; one < TRIES; one += 1) {
    const order = Object.entries(kinds);
    for (const [kind, request] of one % 2 === 0 ? order : order.reverse())
      times[kind].push((await request(one)()).ms);
  }
  const others = Object.keys(kinds).filter((kind) => kind !== yardstick);
  return others.map((kind) => {
    const ratio = bootstrap(times[kind], times[yardstick]);
    const note = ratio.min <= 1 && ratio.max >= 1 ? 'within noise' : 'MORE THAN NOISE';
    const medians = { ours: spread(times[kind]), yardstick: spread(times[yardstick]) };
    return { name: `${name}: ${kind} against ${yardstick}`, unit: 'ms', ...medians, ratio, note };
  });
}

let addresses = 0;

function post(url, path, body, options) {
  addresses += 1;
  const address = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return timedRequest(`${url}/api/v1${path}`, {
    method: 'POST',
    body,
    headers: { 'x-forwarded-for': address },
    ...options,
  });
}

const username = (index) => `perf${String(index + 1).padStart(7, '0')}`;

const perf = (index) => ({ name: username(index), number: `+1415${2_000_001 + index}` });
