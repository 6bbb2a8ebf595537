// Runs test/support/fake-authy.main.ts, which Node cannot run by itself: its files are compiled to
// a cache and started there.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const source = new URL('../test/support/', import.meta.url);
const target = new URL('../node_modules/.cache/fake-authy/', import.meta.url);

await mkdir(target, { recursive: true });
await writeFile(new URL('package.json', target), '{ "type": "module" }');
for (const name of await readdir(source)) {
  if (!/^fake-authy(\.\w+)?\.ts$/.test(name)) continue;
  const { code } = await transformFile(fileURLToPath(new URL(name, source)), { sourceMaps: false });
  await writeFile(new URL(name.replace(/\.ts$/, '.js'), target), code);
}

await import(new URL('fake-authy.main.js', target).href);
