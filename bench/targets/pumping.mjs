import { fileURLToPath } from 'node:url';
import { runNode, temporaryFolder } from '../processes.mjs';
import { installation, ringback } from '../product.mjs';
import { spread } from '../stats.mjs';

const probe = fileURLToPath(new URL('../pumping-probe.mjs', import.meta.url));
/**
 * Messages to the attacker's numbers on a day: what it got before people were let out of each
 * other's way.
 */
const MOST_PUMPED = 200;

/**
 * A simulated day of pumping in five foreign countries, with the limits held and with the same day
 * only recorded; then one at home and in four foreign ones. No clock of this machine is in it.
 */
export async function pumping({ pumping: attempts }) {
  const held = await day('enforce', attempts);
  const open = await day('record', attempts);
  const atHome = await day('enforce', attempts, 'yes');
  const row = (name, unit, of) => ({
    name,
    unit,
    ours: spread([of(held)]),
    yardstick: spread([of(open)]),
  });
  const groups = Object.keys(held.shares);
  return [
    {
      ...row(
        `pumping: ${attempts} attempts, to the attacker's numbers`,
        'sent',
        ({ pumped }) => pumped,
      ),
      most: MOST_PUMPED,
    },
    row("… with the honest people's", 'sent', ({ sent }) => sent),
    ...groups.map((group) => ({
      ...row(
        `${group}: of ${held.shares[group].people} people at the first asking`,
        '%',
        ({ shares }) => percent(shares[group]),
      ),
      least: 100,
    })),
    {
      name: "attacked at home too: to the attacker's numbers",
      unit: 'sent',
      ours: spread([atHome.pumped]),
    },
    ...groups.map((group) => ({
      name: `… ${group}`,
      unit: '%',
      ours: spread([percent(atHome.shares[group])]),
    })),
  ];
}

async function day(limits, attempts, isHomeAttacked = 'no') {
  const place = installation(temporaryFolder());
  // No hash is measured here.
  const test = { NODE_ENV: 'test', BCRYPT_COST: '4', PASSWORD_BUDGETS: 'on', LOG_LEVEL: 'error' };
  const env = {
    ...place.env,
    ...test,
    ABUSE_LIMITS: limits,
    ATTEMPTS: String(attempts),
    HOME_ATTACKED: isHomeAttacked,
  };
  await ringback({ ...place, env }, ['migrate']);
  return JSON.parse(await runNode([probe], { ...place, env }));
}

const percent = ({ atOnce, people }) => (100 * atOnce) / people;
