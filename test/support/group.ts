import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Takes every `of`-th spec file of some folders and of those in them into one suite. Jest loads and
 * warms the application anew for each suite, which is half of the time that a whole run would take
 * otherwise.
 */
export async function group(folders: readonly string[], nth = 1, of = 1): Promise<void> {
  const specs = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.spec\.tsx?$/.test(name))
      .map((name) => path.resolve(folder, name)),
  );
  for (const file of specs.sort().filter((_, index) => index % of === nth - 1)) await import(file);
}
