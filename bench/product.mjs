import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, runNode, startNode, until200 } from './processes.mjs';

export const built = (file) => fileURLToPath(new URL(`../dist/src/${file}`, import.meta.url));

/** What `npm start` runs. */
const SERVER = built('main.js');

/** The cost both sides hash at: the product's default. */
export const COST = 12;

/**
 * One installation in a folder of its own. Budgets are off or only recorded: one machine plays a
 * thousand people here.
 */
export function installation(folder) {
  const file = path.join(folder, 'ringback.sqlite');
  const env = {
    NODE_ENV: 'development',
    DATABASE_URL: `sqlite:${file}`,
    SECRET_KEY: randomBytes(48).toString('base64url'),
    BCRYPT_COST: String(COST),
    ABUSE_LIMITS: 'record',
    PASSWORD_BUDGETS: 'off',
  };
  return { folder, file, env };
}

/**
 * Starts the built product, or another script that does; resolves at its first 200. `ms` is how
 * long that took.
 */
export async function startProduct({ folder, env, main = SERVER }, extra = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const since = performance.now();
  const server = startNode([main], { folder, env: { ...env, ...extra, PORT: String(port) } });
  const ms = await until200(`${url}/health/live`, server, since);
  return { ...server, url, ms };
}

export const ringback = ({ folder, env }, args, extra = {}) =>
  runNode([built('cli.js'), ...args], { folder, env: { ...env, ...extra } });

const STAFF = { username: 'benchstaff', password: 'plenty of staff here' };

export const createStaff = (place) =>
  ringback(
    place,
    [
      'create-superuser',
      '--no-input',
      '--username',
      STAFF.username,
      '--full-name',
      'Bench',
      '--phone-number',
      '+14155550100',
    ],
    {
      SUPERUSER_PASSWORD: STAFF.password,
    },
  );

/** The first staff request, which loads the panel. Gives its status. */
export async function openAdmin({ url }) {
  const form = new URLSearchParams(STAFF);
  const login = await fetch(`${url}/login/`, { method: 'POST', body: form, redirect: 'manual' });
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const page = await fetch(`${url}/admin`, { headers: { cookie } });
  await page.arrayBuffer();
  return { status: page.status, cookie };
}
