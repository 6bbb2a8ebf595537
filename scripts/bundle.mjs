// The last step of `npm run build`: the server's files and zod's, some 430, become a few in `dist/server`, which Node loads a fifth
// sooner. What is imported late stays apart, and so does every other package.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = path.join(root, 'dist/src');
const outdir = path.join(root, 'dist/server');
const { dependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/** Files beside a module are found where `dist/src` has them, from the bundle too. */
const ownAddresses = {
  name: 'own addresses',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
      if (!file.startsWith(built)) return undefined;
      const address = `new URL(${JSON.stringify(path.relative(outdir, file).replaceAll(path.sep, '/'))}, import.meta.url).href`;
      return { contents: (await readFile(file, 'utf8')).replaceAll('import.meta.url', address) };
    }),
};

await build({
  entryPoints: [path.join(built, 'main.js')],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: Object.keys(dependencies).filter((name) => name !== 'zod'),
  plugins: [ownAddresses],
  sourcemap: true,
  logLevel: 'warning',
});
