/**
 * A file that breaks a wall of `.dependency-cruiser.cjs`: which rule, where, and what it imports.
 */
export const BREACHES: [rule: string, file: string, imports: string][] = [
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
  ['room-auth', 'auth/planted.ts', "import '../pages/next-step.js'"],
  ['room-audit', 'audit/planted.ts', "import '../entities.js'"],
  ['room-server', 'server/planted.ts', "import '../users/users.service.js'"],
  ['room-health', 'health/planted.ts', "import '../users/users.service.js'"],
  ['room-dev', 'dev/planted.ts', "import '../users/users.service.js'"],
  ['room-pages', 'pages/planted.ts', "import '../api/problem.js'"],
  ['room-api', 'api/planted.ts', "import '../pages/next-step.js'"],
  ['room-admin', 'admin/planted.ts', "import '../pages/next-step.js'"],
  ['room-cli', 'cli/planted.ts', "import '../pages/next-step.js'"],
  [
    'auth-http-knows-auth-alone',
    'auth/http/planted.guard.ts',
    "import '../../users/users.service.js'",
  ],
  [
    'attack-is-a-program-of-its-own',
    '../attack/planted.ts',
    "import '../src/users/users.service.js'",
  ],
  [
    'only-the-command-line-starts-tools',
    'auth/planted-tool.ts',
    "import '../../attack/campaign.js'",
  ],
  ['network-by-adapters', 'users/planted-network.ts', "import 'node:https'"],
  ['network-by-adapters', 'auth/planted-network.ts', "await import('ioredis')"],
  [
    'network-by-adapters',
    'messaging/planted-network.ts',
    "import { get } from 'node:http'; get('')",
  ],
  ['no-drawers', 'users/planted-drawer.ts', "import './helpers/planted.js'"],
  ['no-cycles', 'common/planted-cycle.back.ts', "import './planted-cycle.js'"],
  ['faces-touch-no-store', 'pages/planted-store.ts', "import '@nestjs/typeorm'"],
  ['faces-touch-no-store', 'api/planted-store.ts', "import 'typeorm'"],
  ['faces-touch-no-store', 'admin/planted-store.ts', "import '../users/users.repository.js'"],
  ['faces-touch-no-store', 'cli/planted-store.ts', "import '../users/user.entity.js'"],
  [
    'only-the-phone-factor-knows-phones',
    'auth/planted-phone.service.ts',
    "import type { Challenge } from '../phone-verification/challenge.entity.js'; export type C = Challenge",
  ],
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
export const LINES: [what: string, file: string, line: string, rule: string][] = [
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
    'opens a socket',
    'src/users/planted.ts',
    "import { connect } from 'node:net';",
    'no-restricted-imports',
  ],
  [
    'ties two modules to a circle',
    'src/users/planted.module.ts',
    "import { forwardRef } from '@nestjs/common';",
    'no-restricted-imports',
  ],
  [
    'takes requests in a service',
    'src/auth/planted.service.ts',
    "import { Get } from '@nestjs/common';",
    'no-restricted-imports',
  ],
  [
    'guards routes outside of auth/http',
    'src/users/planted.guard.ts',
    "import { type ExecutionContext } from '@nestjs/common';",
    'no-restricted-imports',
  ],
  ['is a barrel', 'src/users/planted.ts', "export * from './users.js';", 'no-restricted-syntax'],
  [
    'gives a name a second home',
    'src/users/planted.ts',
    "export { find } from './users.js';",
    'no-restricted-syntax',
  ],
  [
    'hooks outside of a describe',
    'test/flows/planted.spec.ts',
    'afterAll(() => 0);',
    'no-restricted-syntax',
  ],
];
