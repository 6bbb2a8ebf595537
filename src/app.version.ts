import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

// What is built lies two folders deeper than its source.
const file = ['../package.json', '../../../package.json'].map((place) => new URL(place, import.meta.url)).find(existsSync);

/** The version of this release, as package.json has it. */
export const { version } = createRequire(import.meta.url)(file?.pathname ?? '') as { version: string };
