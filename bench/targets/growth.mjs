import { fileURLToPath } from 'node:url';
import { fullSpeed } from '../load.mjs';
import { logIn } from '../people.mjs';
import { runNode, temporaryFolder } from '../processes.mjs';
import { installation, ringback, startProduct } from '../product.mjs';
import { compare } from '../rounds.mjs';

const FEW = 1000;
const PASSWORD = 'measure twice, cut once';
const probe = fileURLToPath(new URL('../store-probe.mjs', import.meta.url));

/**
 * The same work on a database of many users and on one of 1,000: session check by HTTP, look-up,
 * list and search by the services.
 */
export async function growth({ rounds, seconds, growth: many }) {
  const [large, small] = [await seeded(many), await seeded(FEW)];
  const measured = await compare({
    rounds,
    ours: () => checks(large, seconds),
    yardstick: () => checks(small, seconds),
  });
  const rows = [
    { name: `session check, ${many} users against ${FEW}`, unit: '/s', ...measured, atLeast: 0.8 },
  ];
  for (const [work, name] of Object.entries(WORK)) {
    const rate = (place) => probed(place, work, seconds);
    rows.push({
      name,
      unit: '/s',
      ...(await compare({ rounds, ours: () => rate(large), yardstick: () => rate(small) })),
      atLeast: 0.8,
    });
  }
  const perHundredThousand = (large.seconds * 100_000) / many;
  return [
    ...rows,
    {
      name: 'seconds to make 100,000 users',
      unit: 's',
      ours: { median: perHundredThousand, min: perHundredThousand, max: perHundredThousand },
      most: 60,
    },
  ];
}

const WORK = {
  lookUp: 'log-in look-up',
  list: 'staff list, page 1',
  count: 'staff count',
  search: 'staff search by prefix',
};

async function seeded(count) {
  const place = installation(temporaryFolder());
  const start = performance.now();
  await ringback(place, ['migrate']);
  await ringback(place, ['perf-seed', String(count)]);
  const seconds = (performance.now() - start) / 1000;
  const { url } = await startProduct(place);
  const names = Array.from({ length: 50 }, (_, index) =>
    username(1 + Math.floor((index * count) / 50)),
  );
  const tokens = [];
  for (const name of names)
    tokens.push((await logIn(url, { username: name, password: PASSWORD })).token);
  return { ...place, count, seconds, url, tokens };
}

const username = (number) => `perf${String(number).padStart(7, '0')}`;

const checks = ({ url, tokens }, seconds) =>
  fullSpeed({ url: `${url}/api/v1/me`, tokens, seconds });

const probed = async ({ folder, env, count }, work, seconds) =>
  Number(
    await runNode([probe], {
      folder,
      env: {
        ...env,
        LOG_LEVEL: 'error',
        WORK: work,
        USERS: String(count),
        SECONDS: String(seconds),
      },
    }),
  );
