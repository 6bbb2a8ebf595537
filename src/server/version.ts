import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

// Beside `src`, beside `dist`, or beside `builds`.
const file = ['../../', '../../../', '../../../../../']
  .map((place) => new URL(`${place}package.json`, import.meta.url))
  .find(existsSync);

/** The version of this release, as package.json has it. */
export const { version } = createRequire(import.meta.url)(file?.pathname ?? '') as {
  version: string;
};
