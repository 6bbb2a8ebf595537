import { inParallel, steadyP99 } from '../load.mjs';
import { temporaryFolder } from '../processes.mjs';
import { logIn, registerMany } from '../people.mjs';
import { installation, startProduct } from '../product.mjs';
import { compare, WARM_UP } from '../rounds.mjs';
import { bcryptAlone } from '../yardsticks.mjs';

const AT_ONCE = 16;

/**
 * Log-ins against bcrypt alone; then session checks at 100 a second while log-ins take all the
 * machine, against the same when idle.
 */
export async function login({ rounds, seconds }) {
  const place = installation(temporaryFolder());
  const { url } = await startProduct(place);
  const people = await registerMany(url, 50);
  let next = 0;
  const logInNext = () => logIn(url, people[next++ % people.length]);
  const logins = (duration) => inParallel({ workers: AT_ONCE, seconds: duration, job: logInNext });
  const checks = () =>
    steadyP99({
      url: `${url}/api/v1/me`,
      tokens: people.map(({ token }) => token),
      rate: 100,
      seconds,
    });
  const besideLogins = async () => (await Promise.all([checks(), logins(seconds)]))[0];

  await logins(WARM_UP);
  const rate = await compare({
    rounds,
    ours: () => logins(seconds),
    yardstick: () => bcryptAlone(seconds, place.folder),
  });
  const p99 = await compare({ rounds, ours: besideLogins, yardstick: checks });
  return [
    { name: `log-in, ${AT_ONCE} at a time`, unit: '/s', ...rate, atLeast: 0.95 },
    { name: 'session check p99 beside log-ins', unit: 'ms', ...p99, atMost: 15 },
  ];
}
