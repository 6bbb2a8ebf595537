import { readFlags } from './flags.mjs';
import { stopEverything } from './processes.mjs';
import { printTable, writeResults } from './report.mjs';
import { disk } from './targets/disk.mjs';
import { growth } from './targets/growth.mjs';
import { limits } from './targets/limits.mjs';
import { login } from './targets/login.mjs';
import { numbers } from './targets/numbers.mjs';
import { pumping } from './targets/pumping.mjs';
import { registration } from './targets/registration.mjs';
import { sending } from './targets/sending.mjs';
import { session } from './targets/session.mjs';
import { silence } from './targets/silence.mjs';
import { start } from './targets/start.mjs';

const TARGETS = {
  session,
  login,
  registration,
  sending,
  start,
  growth,
  pumping,
  silence,
  limits,
  numbers,
  disk,
};
const flags = readFlags(process.argv.slice(2));

process.on('exit', stopEverything);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const rows = [];
for (const name of flags.targets) {
  process.stderr.write(`${name} …\n`);
  try {
    rows.push(...(await TARGETS[name](flags)));
  } catch (error) {
    // What was measured before it, and what comes after, is not lost.
    process.stderr.write(`${name} failed: ${error.stack}\n`);
    process.exitCode = 1;
  }
  stopEverything();
}
printTable(rows);
writeResults(rows, flags);
