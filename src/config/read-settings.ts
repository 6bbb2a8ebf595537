import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { loadEnvFile } from 'node:process';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { accountSettings, type Account, type Variables } from './accounts.js';
import { botCheckOf } from './bot-check-settings.js';
import { environmentSchema, milliseconds, sentenceFor, type Environment } from './environment.js';
import { meaningOf, type Given, type Meaning } from './given.js';
import { keptSecretKey } from './keys/kept-secret-key.js';
import { messageTemplatesOf } from './message-templates.js';
import { unknownNames } from './setting-names.js';
import { problemsBetween } from './setting-rules.js';
import { SettingsError } from './settings-error.js';
import { Settings, type DatabaseSettings } from './settings.js';

/**
 * Reads `.env`, then the environment (which wins); with variables that are handed in no file,
 * unless it is named. Throws SettingsError with every problem at once.
 */
export function readSettings(
  accounts: readonly Account[],
  environment?: Variables,
  file = environment === undefined ? '.env' : undefined,
): Settings {
  if (environment === undefined && existsSync('.env')) loadEnvFile('.env');
  const inFile: Variables =
    file !== undefined && existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const variables = environment ?? process.env;
  const given = Object.fromEntries(
    Object.entries({ ...inFile, ...variables }).filter(([, value]) => value !== ''),
  );
  const ofAccounts = accountSettings(accounts);
  const names = unknownNames({
    environment: Object.keys(variables),
    file: Object.keys(inFile),
    known: [...Object.keys(environmentSchema.shape), ...Object.keys(ofAccounts.shape)],
  });
  const own = parse(environmentSchema, given);
  const theirs = parse(ofAccounts, given);
  const env = { ...own.env, accounts, gateways: theirs.env };
  const meaning = meaningOf(env);
  const problems = [
    ...own.problems,
    ...theirs.problems,
    ...problemsBetween(env, meaning),
    ...names.problems,
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return settingsFrom(env, meaning, names.strange);
}

// What is wrong by itself counts as unset for the rules between variables, so that all problems
// show at once.
function parse<S extends z.ZodObject>(schema: S, given: Variables) {
  const parsed = schema.safeParse(given, { error: sentenceFor });
  if (parsed.success) return { env: parsed.data, problems: [] };
  const { issues } = parsed.error;
  const wrong = new Set(issues.map(({ path: [name] }) => String(name)));
  const right = Object.entries(given).filter(([name]) => !wrong.has(name));
  const problems = issues.map(({ path: [name], message }) => `${String(name)}: ${message}`);
  return { env: schema.parse(Object.fromEntries(right)), problems };
}

function settingsFrom(env: Given, meaning: Meaning, strangeNames: readonly string[]): Settings {
  const { isProduction, publicUrl, database, providersNamed } = meaning;
  return new Settings({
    environment: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    publicUrl: publicUrl.origin,
    database,
    migrateAtStart: env.MIGRATE_AT_START
      ? env.MIGRATE_AT_START === 'on'
      : database.kind === 'sqlite',
    redisUrl: env.REDIS_URL ?? null,
    ...secretKeysOf(env, database),
    routes: meaning.routes,
    providers: meaning.providers,
    gateways: env.gateways,
    channels: env.CHANNELS,
    testNumbers: meaning.testNumbers,
    messageTemplates: messageTemplatesOf(env),
    trustedProxies: env.TRUSTED_PROXIES,
    allowedOrigins: env.ALLOWED_ORIGINS,
    bcryptCost: env.BCRYPT_COST,
    hashesAtOnce: Math.max(1, Math.min(availableParallelism() + 1, env.UV_THREADPOOL_SIZE - 1)),
    defaultCountry: env.DEFAULT_COUNTRY ?? null,
    ...meaning.countries,
    sendLimits: env.SEND_LIMITS,
    prefixLimits: env.PREFIX_LIMITS,
    prices: env.PRICES_FILE,
    dailySpend: meaning.dailySpend,
    botCheck: botCheckOf(env),
    abuseLimits: env.ABUSE_LIMITS ?? 'enforce',
    sendsAreFree:
      env.ABUSE_LIMITS === undefined && providersNamed.every((name) => name === 'self:inbox'),
    requestLimits: env.REQUEST_LIMITS,
    passwordBudgets: env.PASSWORD_BUDGETS,
    passwordLimits: env.PASSWORD_LIMITS,
    admin: env.ADMIN,
    staffTwoFactor: env.STAFF_TWO_FACTOR ?? (isProduction ? 'required' : 'optional'),
    sessions: {
      idle: env.SESSION_IDLE,
      absolute: env.SESSION_ABSOLUTE,
      staffIdle: env.STAFF_SESSION_IDLE,
      staffAbsolute: env.STAFF_SESSION_ABSOLUTE,
    },
    auditAddressDays: env.AUDIT_ADDRESS_DAYS,
    notices: env.NOTICES,
    docs: env.DOCS,
    metricsToken: env.METRICS_TOKEN ?? null,
    shutdownDrain: milliseconds(env.SHUTDOWN_DRAIN ?? (isProduction ? '5s' : '0')),
    logLevel: env.LOG_LEVEL,
    devLan: env.DEV_LAN,
    securityContact: env.SECURITY_CONTACT,
    strangeNames,
  });
}

/** Beside the database file; with MySQL a key must be given. */
function secretKeysOf(
  env: Environment,
  database: DatabaseSettings,
): Pick<Settings, 'secretKeys' | 'keyFile' | 'keepKeyIn'> {
  const given = { secretKeys: env.SECRET_KEY ?? [], keyFile: null, keepKeyIn: null };
  if (env.SECRET_KEY || database.kind !== 'sqlite') return given;
  const { key, file, keepIn } = keptSecretKey(database.file);
  return { secretKeys: [key], keyFile: file, keepKeyIn: keepIn };
}
