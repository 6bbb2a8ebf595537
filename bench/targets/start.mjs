import { setTimeout as pause } from 'node:timers/promises';
import { residentMemory, stop, temporaryFolder } from '../processes.mjs';
import { createStaff, installation, openAdmin, startProduct } from '../product.mjs';
import { compare } from '../rounds.mjs';
import { startYardstick } from '../yardsticks.mjs';
import { spread } from '../stats.mjs';

/**
 * From the spawned process to the first 200, against a bare Nest application; then memory, before
 * and after the staff panel is loaded.
 */
export async function start({ rounds }) {
  const place = installation(temporaryFolder());
  await stop(await startProduct(place));
  await createStaff(place);
  const time = async (starting) => {
    const server = await starting;
    await stop(server);
    return server.ms;
  };
  const measured = await compare({
    rounds: rounds * 2,
    ours: () => time(startProduct(place)),
    yardstick: () => time(startYardstick('nest', place)),
  });
  return [
    { name: 'start to first 200', unit: 'ms', ...measured, atMost: 2 },
    ...(await memory(place, rounds)),
  ];
}

async function memory(place, rounds) {
  const idle = [];
  const withPanel = [];
  for (let round = 0; round < rounds; round += 1) {
    const product = await startProduct(place);
    await pause(2000);
    idle.push(residentMemory(product));
    const { status } = await openAdmin(product);
    await pause(2000);
    if (status === 200) withPanel.push(residentMemory(product));
    await stop(product);
  }
  const panel =
    withPanel.length > 0 ? { ours: spread(withPanel) } : { note: 'the staff panel did not open' };
  return [
    { name: 'memory after start', unit: 'MB', ours: spread(idle), most: 190 },
    { name: 'memory with the staff panel', unit: 'MB', ...panel, most: 280 },
  ];
}
