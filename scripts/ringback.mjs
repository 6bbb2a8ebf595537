// `npm run ringback -- COMMAND`: the command line, built first where something changed.
import './node-version.mjs';

const { build, run } = await import('./builds.mjs');
await run(await build(), 'src/cli.js');
