// `npm start`: says at once what is in the way, builds what changed, and serves.
import './node-version.mjs';

const { refuseWhatIsInTheWay } = await import('./preflight.mjs');
await refuseWhatIsInTheWay();
const { build, run } = await import('./builds.mjs');
await run(await build(), 'src/main.js');
