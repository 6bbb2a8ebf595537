import { fullSpeed } from '../load.mjs';
import { temporaryFolder } from '../processes.mjs';
import { createStaff, installation, openAdmin, startProduct } from '../product.mjs';
import { registerMany } from '../people.mjs';
import { compare } from '../rounds.mjs';
import { startYardstick } from '../yardsticks.mjs';

/**
 * `GET /api/v1/me` with a valid token, everything on and the staff panel loaded, against node:http
 * on the same database.
 */
export async function session({ rounds, seconds }) {
  const place = installation(temporaryFolder());
  const product = await startProduct(place);
  await createStaff(place);
  const panel = await openAdmin(product);
  const tokens = (await registerMany(product.url, 50)).map(({ token }) => token);
  const bare = await startYardstick('session', place);
  const measured = await compare({
    rounds,
    ours: () => fullSpeed({ url: `${product.url}/api/v1/me`, tokens, seconds }),
    yardstick: () => fullSpeed({ url: `${bare.url}/me`, tokens, seconds }),
  });
  return [
    {
      name: 'session check',
      unit: '/s',
      ...measured,
      atLeast: 0.45,
      note: panel.status === 200 ? '' : `/admin answered ${panel.status}`,
    },
  ];
}
