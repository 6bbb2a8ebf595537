import { fullSpeed } from '../load.mjs';
import { temporaryFolder } from '../processes.mjs';
import { createStaff, installation, openAdmin, startProduct } from '../product.mjs';
import { registerMany } from '../people.mjs';
import { compare } from '../rounds.mjs';
import { startYardstick } from '../yardsticks.mjs';
import { hasWrk, requestsPerCpuSecond } from '../wrk.mjs';

/**
 * `GET /api/v1/me` with a valid token, everything on and the staff panel loaded, against node:http
 * on the same database: requests per second of the server's processor time. Without wrk by the
 * clock, with a client in JavaScript that takes a core of its own.
 */
export async function session({ rounds, seconds }) {
  const place = installation(temporaryFolder());
  const product = await startProduct(place);
  await createStaff(place);
  const panel = await openAdmin(product);
  const tokens = (await registerMany(product.url, 50)).map(({ token }) => token);
  const bare = await startYardstick('session', place);
  const isByCpu = hasWrk();
  const measure = isByCpu ? requestsPerCpuSecond : fullSpeed;
  const measured = await compare({
    rounds,
    ours: () => measure({ url: `${product.url}/api/v1/me`, tokens, seconds, server: product }),
    yardstick: () => measure({ url: `${bare.url}/me`, tokens, seconds, server: bare }),
  });
  const micros = ({ median }) => `${(1e6 / median).toFixed(0)} µs`;
  const notes = [
    isByCpu
      ? `CPU a request: ${micros(measured.ours)} against ${micros(measured.yardstick)}`
      : 'without wrk: requests by the clock',
    ...(panel.status === 200 ? [] : [`/admin answered ${panel.status}`]),
  ];
  const unit = isByCpu ? '/CPU s' : '/s';
  return [{ name: 'session check', unit, ...measured, atLeast: 0.45, note: notes.join('; ') }];
}
