#!/usr/bin/env node
import { entities } from './entities.js';
import { run } from './cli/run.js';

const status = await run(
  process.argv.slice(2),
  { input: process.stdin, output: process.stdout, error: process.stderr },
  entities,
);

// A start that failed may leave a pool of connections behind, which would keep the process for
// ever.
for (const stream of [process.stdout, process.stderr])
  await new Promise((resolve) => stream.write('', resolve));
process.exit(status);
