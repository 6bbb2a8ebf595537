import { fileURLToPath } from 'node:url';
import { runNode, temporaryFolder } from '../processes.mjs';
import { installation, ringback } from '../product.mjs';
import { spread } from '../stats.mjs';

const probe = fileURLToPath(new URL('../pumping-probe.mjs', import.meta.url));
/** What registrations may use of the daily budget (`registrations-day`), on top of the honest people's own. */
const ATTACK_SHARE = 4000;
const PEOPLE = 500;

/**
 * A simulated day of pumping in five foreign countries, with the limits held and with the same day only recorded; then one at home
 * and in four foreign ones. No clock of this machine is in it.
 */
export async function pumping({ pumping: attempts }) {
  const held = await day('enforce', attempts);
  const open = await day('record', attempts);
  const atHome = await day('enforce', attempts, 'yes');
  const row = (name, unit, of) => ({ name, unit, ours: spread([of(held)]), yardstick: spread([of(open)]) });
  return [
    {
      ...row(`pumping: ${attempts} attempts, ${PEOPLE} people`, 'sent', ({ sent }) => sent),
      most: PEOPLE + ATTACK_SHARE,
    },
    { ...row('of the honest people finish', '%', ({ atHome, abroad }) => percent(atHome, abroad)), least: 99 },
    { ...row('… at home', '%', ({ atHome }) => percent(atHome)) },
    { ...row('… in the attacked countries', '%', ({ abroad }) => percent(abroad)) },
    { name: 'attacked at home too: sent', unit: 'sent', ours: spread([atHome.sent]) },
    { name: '… honest people who finish', unit: '%', ours: spread([percent(atHome.atHome, atHome.abroad)]) },
  ];
}

async function day(limits, attempts, isHomeAttacked = 'no') {
  const place = installation(temporaryFolder());
  // No hash is measured here.
  const test = { NODE_ENV: 'test', BCRYPT_COST: '4', PASSWORD_BUDGETS: 'on', LOG_LEVEL: 'error' };
  const env = { ...place.env, ...test, ABUSE_LIMITS: limits, ATTEMPTS: String(attempts), HOME_ATTACKED: isHomeAttacked };
  await ringback({ ...place, env }, ['migrate']);
  return JSON.parse(await runNode([probe], { ...place, env }));
}

function percent(...groups) {
  const sum = (key) => groups.reduce((total, group) => total + group[key], 0);
  return (100 * sum('finished')) / sum('people');
}
