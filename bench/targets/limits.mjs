import Database from 'libsql';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { fullSpeed, inParallel } from '../load.mjs';
import { newPerson, register, registerMany } from '../people.mjs';
import { runNode, temporaryFolder } from '../processes.mjs';
import { built, COST, installation, ringback, startProduct } from '../product.mjs';
import { compare, WARM_UP } from '../rounds.mjs';

const probe = fileURLToPath(new URL('../budget-probe.mjs', import.meta.url));
const withoutLimits = fileURLToPath(new URL('../without-limits.mjs', import.meta.url));
/** A cost at which what is not hashing shows; no instance takes it, so it is held to nothing. */
const NEXT_TO_NO_HASHING = 4;
const [FEW, MANY] = [1000, 1_000_000];
/**
 * One network and one block of numbers play everybody: limits are held, but so high that nothing is
 * refused.
 */
const SEND_LIMITS = [
  'address-hour',
  'address-day',
  'prefix-10-seconds',
  'prefix-hour',
  'prefix-day',
  'home-country-day',
  'all-day',
  'registrations-day',
]
  .map((name) => `${name}=10000000`)
  .join(';');
const REQUEST_LIMITS = ['any', 'unsafe', 'registration', 'confirmation']
  .map((name) => `${name}:1000000`)
  .join();
/** Rows of one INSERT. */
const BATCH = 5000;

/**
 * What all checks together (budgets, conversions, request limits) add to a registration and a
 * session check, against the product without them; and a table full of budgets.
 */
export async function limits({ rounds, seconds }) {
  const [on, off] = await bothSides(NEXT_TO_NO_HASHING);
  const compared = (ours, yardstick) =>
    compare({
      rounds,
      ours: () => registrations(ours, seconds),
      yardstick: () => registrations(yardstick, seconds),
    });
  const bare = await compared(on, off);
  const registered = await compared(...(await bothSides(COST)));
  const checked = await compare({
    rounds,
    ours: () => checks(on, seconds),
    yardstick: () => checks(off, seconds),
  });
  const [many, few] = [await filled(MANY), await filled(FEW)];
  const taken = await compare({
    rounds,
    ours: () => takes(many, seconds),
    yardstick: () => takes(few, seconds),
  });
  return [
    { name: 'registration, limits on against off', unit: 'ms', ...registered, atMost: 1.15 },
    { name: 'the same, with next to no hashing', unit: 'ms', ...bare },
    { name: 'session check, limits on against off', unit: 'ms', ...checked, atMost: 1.05 },
    { name: `budgets of a message, ${MANY} rows against ${FEW}`, unit: 'ms', ...taken, atMost: 2 },
  ];
}

async function bothSides(cost) {
  const sides = [await started(built('main.js'), cost), await started(withoutLimits, cost)];
  await Promise.all(sides.map((side) => registrations(side, WARM_UP)));
  return sides;
}

async function started(main, cost) {
  const place = installation(temporaryFolder());
  const env = {
    ...place.env,
    NODE_ENV: 'test',
    BCRYPT_COST: String(cost),
    PASSWORD_BUDGETS: 'on',
    ABUSE_LIMITS: 'enforce',
    SEND_LIMITS,
    REQUEST_LIMITS,
  };
  const { url } = await startProduct({ ...place, env, main });
  return { url, tokens: (await registerMany(url, 50)).map(({ token }) => token) };
}

/** Milliseconds of one registration with its code and first check, one after the other. */
async function registrations({ url }, seconds) {
  return 1000 / (await inParallel({ workers: 1, seconds, job: () => register(url, newPerson()) }));
}

/** Milliseconds of one session check at full speed. */
const checks = async ({ url, tokens }, seconds) =>
  1000 / (await fullSpeed({ url: `${url}/api/v1/me`, tokens, seconds }));

async function filled(count) {
  const place = installation(temporaryFolder());
  await ringback(place, ['migrate']);
  const database = new Database(place.file);
  for (let made = 0; made < count; made += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - made) }, row);
    database.exec(`INSERT INTO budgets (key, count, expires_at) VALUES ${rows.join()}`);
  }
  database.close();
  return place;
}

const row = () =>
  `('number-day:${randomBytes(32).toString('base64url')}', 1, '2100-01-01 00:00:00.000')`;

const takes = async ({ folder, env }, seconds) =>
  Number(
    await runNode([probe], {
      folder,
      env: { ...env, LOG_LEVEL: 'error', SECONDS: String(seconds) },
    }),
  );
