import { Linter } from 'eslint';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parser } from 'typescript-eslint';
import { testFolder } from './support/folder.js';

/**
 * A file that breaks a wall of `.dependency-cruiser.cjs`: which rule, where, and what it imports.
 */
const BREACHES: [rule: string, file: string, imports: string][] = [
  ['room-common', 'common/planted.ts', "import '../config/settings.js'"],
  ['room-config', 'config/planted.ts', "import '../database/unit-of-work.js'"],
  ['room-database', 'database/planted.ts', "import '../users/user.entity.js'"],
  ['room-rate-limit', 'rate-limit/planted.ts', "import '../users/users.service.js'"],
  ['room-idempotency', 'idempotency/planted.ts', "import '../auth/sessions/session.entity.js'"],
  [
    'room-users',
    'users/planted.ts',
    "import type { Receipt } from '../messaging/receipts/receipt.js'; export type R = Receipt",
  ],
  [
    'room-phone-verification',
    'phone-verification/planted.ts',
    "import '../users/users.service.js'",
  ],
  ['room-messaging', 'messaging/planted.ts', "import '../users/users.service.js'"],
  ['room-notices', 'notices/planted.ts', "import '../auth/login.service.js'"],
  ['room-staff', 'staff/planted.ts', "import '../admin/visit.js'"],
  ['room-bot-check', 'bot-check/planted.ts', "import '../auth/http/access.js'"],
  ['room-auth', 'auth/planted.ts', "import '../pages/way-in.js'"],
  ['room-audit', 'audit/planted.ts', "import '../entities.js'"],
  ['room-health', 'health/planted.ts', "import '../users/users.service.js'"],
  ['room-dev', 'dev/planted.ts', "import '../users/users.service.js'"],
  ['room-pages', 'pages/planted.ts', "import '../api/problem.js'"],
  ['room-api', 'api/planted.ts', "import '../pages/way-in.js'"],
  ['room-admin', 'admin/planted.ts', "import '../pages/way-in.js'"],
  ['room-cli', 'cli/planted.ts', "import '../pages/way-in.js'"],
  ['no-cycles', 'common/planted-cycle.back.ts', "import './planted-cycle.js'"],
  ['faces-touch-no-store', 'pages/planted-store.ts', "import '@nestjs/typeorm'"],
  ['faces-touch-no-store', 'api/planted-store.ts', "import 'typeorm'"],
  ['faces-touch-no-store', 'admin/planted-store.ts', "import '../users/users.repository.js'"],
  ['faces-touch-no-store', 'cli/planted-store.ts', "import '../users/user.entity.js'"],
  ['only-admin-imports-adminjs', 'pages/planted-panel.ts', "import 'adminjs'"],
  [
    'services-know-no-http',
    'auth/planted-http.service.ts',
    "import type { FastifyRequest } from 'fastify'; export type R = FastifyRequest",
  ],
  ['services-know-no-http', 'users/planted-http.ts', "import '@nestjs/platform-fastify'"],
  ['services-know-no-http', 'audit/planted-http.ts', "import '@fastify/cookie'"],
  ['no-dev-dependencies', 'users/planted-dev.ts', "import 'fast-check'"],
  ['no-orphans', 'common/planted-orphan.ts', 'export const nobody = 1'],
];

/**
 * A line that breaks a wall of `eslint.config.js`: what it does, in which file, and the rule that
 * says no.
 */
const LINES: [what: string, file: string, line: string, rule: string][] = [
  [
    'reads the wall clock',
    'src/auth/planted.ts',
    'export const now = Date.now();',
    'no-restricted-syntax',
  ],
  [
    'makes a date of now',
    'src/users/planted.ts',
    'export const now = new Date();',
    'no-restricted-syntax',
  ],
  [
    'asks the engine whether a text is an address',
    'src/users/planted.ts',
    "URL.canParse('x:y');",
    'no-restricted-syntax',
  ],
  [
    'reads the environment',
    'src/users/planted.ts',
    'export const home = process.env.HOME;',
    'no-restricted-syntax',
  ],
  [
    'takes a text of any length',
    'src/api/planted.ts',
    'export const name = z.string();',
    'no-restricted-syntax',
  ],
  [
    'normalises a text of any length',
    'src/users/planted.ts',
    "export const key = (name: string) => name.normalize('NFC');",
    'no-restricted-syntax',
  ],
  [
    'throws an HTTP error in a service',
    'src/auth/planted.service.ts',
    "import { HttpException } from '@nestjs/common';",
    'no-restricted-imports',
  ],
  [
    'throws a named HTTP error',
    'src/users/planted.ts',
    "import { NotFoundException } from '@nestjs/common';",
    'no-restricted-imports',
  ],
  [
    'asks the network by itself',
    'src/users/planted.ts',
    "export const page = () => fetch('https://example.com');",
    'no-restricted-globals',
  ],
  [
    'hooks outside of a describe',
    'test/flows/planted.spec.ts',
    'afterAll(() => 0);',
    'no-restricted-syntax',
  ],
];

describe('every wall of the house sees its breach', () => {
  const folder = testFolder('walls');
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
    forbidden: { name: string }[];
  };
  let violations: string[];
  let walls: Linter.Config[];

  beforeAll(async () => {
    cpSync('src', path.join(folder, 'src'), { recursive: true });
    for (const name of [
      'node_modules',
      'package.json',
      'tsconfig.json',
      '.dependency-cruiser.cjs',
    ]) {
      symlinkSync(path.resolve(name), path.join(folder, name));
    }
    for (const [, file, imports] of BREACHES) plant(file, imports);
    plant('common/planted-cycle.ts', "import './planted-cycle.back.js'");
    const options = [
      '--config',
      '.dependency-cruiser.cjs',
      '--preserve-symlinks',
      '--output-type',
      'json',
    ];
    const cruise = ['node_modules/.bin/depcruise', 'src', ...options];
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
    expect(violations).toContain(`${rule} src/${file}`);
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
