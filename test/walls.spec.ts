import { Linter } from 'eslint';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parser } from 'typescript-eslint';
import { BREACHES, LINES } from './support/breaches.js';
import { testFolder } from './support/folder.js';

describe('every wall of the house sees its breach', () => {
  const folder = testFolder('walls');
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
    forbidden: { name: string }[];
  };
  let violations: string[];
  let walls: Linter.Config[];

  beforeAll(async () => {
    for (const name of ['src', 'attack', 'bench/fill'])
      cpSync(name, path.join(folder, name), { recursive: true });
    for (const name of [
      'node_modules',
      'package.json',
      'tsconfig.json',
      '.dependency-cruiser.cjs',
    ]) {
      symlinkSync(path.resolve(name), path.join(folder, name));
    }
    for (const [, file, imports] of BREACHES) plant(file, imports);
    plant('users/helpers/planted.ts', 'export const thing = 1');
    plant('common/planted-cycle.ts', "import './planted-cycle.back.js'");
    const options = [
      '--config',
      '.dependency-cruiser.cjs',
      '--preserve-symlinks',
      '--output-type',
      'json',
    ];
    const cruise = ['node_modules/.bin/depcruise', 'src', 'attack', 'bench/fill', ...options];
    const { stdout } = spawnSync(process.execPath, cruise, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 100e6,
    });
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string }; from: string }[] };
    };
    violations = summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
    walls = await untypedRules();
  });

  const plant = (file: string, text: string): void => {
    mkdirSync(path.join(folder, 'src', path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, 'src', file), `${text};\n`);
  };

  it.each(BREACHES)('%s: %s', (rule, file) => {
    expect(violations).toContain(`${rule} ${path.posix.join('src', file)}`);
  });

  it('there is a breach for every rule', () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(
      new Set(forbidden.map(({ name }) => name)),
    );
  });

  it.each(LINES)('no file %s', (_, file, line, rule) => {
    const found = new Linter({ configType: 'flat' }).verify(line, walls, file);
    expect(found.map(({ ruleId }) => ruleId)).toEqual([rule]);
  });
});

/**
 * What the lint restricts by name or syntax: the rest of it needs the types of the whole house,
 * which takes a minute.
 */
async function untypedRules(): Promise<Linter.Config[]> {
  const address = pathToFileURL(path.resolve('eslint.config.js')).href;
  const { default: config } = (await import(address)) as { default: Linter.Config[] };
  const restrictions = config.map(({ files, ignores, rules = {} }) => ({
    ...(files && { files }),
    ...(ignores && { ignores }),
    rules: Object.fromEntries(
      Object.entries(rules).filter(([name]) => name.startsWith('no-restricted-')),
    ),
  }));
  return [{ files: ['**/*.ts'], languageOptions: { parser: parser } }, ...restrictions];
}
