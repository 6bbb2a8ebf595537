import { inParallel } from '../load.mjs';
import { temporaryFolder } from '../processes.mjs';
import { newPerson, register } from '../people.mjs';
import { installation, startProduct } from '../product.mjs';
import { compare, WARM_UP } from '../rounds.mjs';
import { bcryptAlone } from '../yardsticks.mjs';

const AT_ONCE = 16;

/** Registration, code and first check, one hash each, against bcrypt alone. */
export async function registration({ rounds, seconds }) {
  const place = installation(temporaryFolder());
  const { url } = await startProduct(place);
  const registrations = (duration) =>
    inParallel({ workers: AT_ONCE, seconds: duration, job: () => register(url, newPerson()) });
  await registrations(WARM_UP);
  const measured = await compare({
    rounds,
    ours: () => registrations(seconds),
    yardstick: () => bcryptAlone(seconds, place.folder),
  });
  return [{ name: `registration, ${AT_ONCE} at a time`, unit: '/s', ...measured, atLeast: 0.85 }];
}
