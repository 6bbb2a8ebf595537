// `npm run build`
import './node-version.mjs';

const { build } = await import('./builds.mjs');
await build();
