import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Random mobile numbers of each country; `npm test` takes two. */
const EACH = 100;

/**
 * Every country's mobile numbers in every spelling, read as people type them: never as another
 * number (docs/numbers.md).
 */
export function numbers() {
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    'every-country',
    '--json',
  ];
  const env = { ...process.env, NUMBERS_PER_COUNTRY: String(EACH) };
  const { stdout } = spawnSync(process.execPath, jest, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const { numFailedTests, numPassedTests } = JSON.parse(stdout);
  if (numPassedTests === 0) throw new Error('The numbers were not read.');
  const failed = { median: numFailedTests, min: numFailedTests, max: numFailedTests };
  return Promise.resolve([
    {
      name: `spellings of ${EACH} numbers a country: tests failed`,
      unit: '',
      ours: failed,
      most: 0,
    },
  ]);
}
