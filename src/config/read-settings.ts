import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { loadEnvFile } from 'node:process';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { isLocalNetwork, localAddress } from '../common/net/local-network.js';
import { isServedCountry } from '../common/phone/served.js';
import { allowedOriginProblems } from './allowed-origins.js';
import { botCheckOf, botCheckProblems } from './bot-check-settings.js';
import { isGuessable } from './keys/guessable-key.js';
import { databaseUrlProblem } from './database-url.js';
import {
  accountProblems,
  accountSettings,
  providersSetUp,
  type Account,
  type Variables,
} from './accounts.js';
import { keptSecretKey } from './keys/kept-secret-key.js';
import { messageTemplatesOf, templateProblems } from './message-templates.js';
import { unknownNames } from './setting-names.js';
import {
  environmentSchema,
  milliseconds,
  sentenceFor,
  Settings,
  type DatabaseSettings,
  type Environment,
} from './settings.js';
import { parsePrefixLimits } from './prefix-limits.js';
import { parsePrices } from './prices.js';
import { limitsNamedIn, parseSendLimits } from '../common/limits/send-limits.js';
import { parseTestNumbers } from './test-numbers.js';
import { namedProviders, parseRoutes } from './verification-routes.js';
import { SettingsError } from './settings-error.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);
export const isLoopback = (host: string): boolean =>
  LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);
const LAN_TOO = ' or in your local network';
const DEV_LAN_HINT = '; DEV_LAN=on opens it to your local network while you develop';

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
  const problems = [...own.problems, ...theirs.problems, ...problemsOf(env), ...names.problems];
  if (problems.length > 0) throw new SettingsError(problems);
  return settingsFrom(env, names.strange);
}

/** Everything that is given, and who there is to make and carry codes. */
interface Given extends Environment {
  accounts: readonly Account[];
  gateways: Variables;
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

function problemsOf(env: Given): string[] {
  const problems: string[] = [];
  const production = env.NODE_ENV === 'production';
  const publicUrl = new URL(publicUrlOf(env));
  const { routes, problems: routeProblems } = routesOf(env);
  const inbox = namedProviders(routes).includes('self:inbox');
  const isNear = (host: string) => isLoopback(host) || (env.DEV_LAN && isLocalNetwork(host));
  if (publicUrl.protocol === 'http:' && !isNear(publicUrl.hostname))
    problems.push('PUBLIC_URL: http is for loopback only; use https');
  if (publicUrl.pathname !== '/' || publicUrl.search !== '')
    problems.push('PUBLIC_URL: must be an origin without a path');
  if (env.SECRET_KEY === undefined && production)
    problems.push('SECRET_KEY: is required in production');
  else if (env.SECRET_KEY === undefined && env.DATABASE_URL.startsWith('mysql:'))
    problems.push('SECRET_KEY: is required with MySQL');
  // Only the first: a key that is on its way out has to be named until the last hash has moved.
  if (production && env.SECRET_KEY?.slice(0, 1).some(isGuessable))
    problems.push(
      'SECRET_KEY: can be guessed; make one at random, e.g. by "openssl rand -base64 48"',
    );
  const addressProblem = env.DATABASE_URL.startsWith('mysql:')
    ? databaseUrlProblem(env.DATABASE_URL)
    : undefined;
  if (addressProblem) problems.push(addressProblem);
  // A certificate is held against a name; the driver asks for none where there is an address only.
  if (env.DATABASE_TLS && isIP(/^mysql:\/\/(?:.*@)?([^:/?]+)/.exec(env.DATABASE_URL)?.[1] ?? ''))
    problems.push('DATABASE_TLS: needs a host name in DATABASE_URL, not an address');
  if (env.BCRYPT_COST < 10 && env.NODE_ENV !== 'test')
    problems.push('BCRYPT_COST: must be at least 10');
  problems.push(...routeProblems.map((problem) => `VERIFICATION_PROVIDER: ${problem}`));
  problems.push(
    ...accountProblems(env.accounts, env.gateways, namedProviders(routes), isLoopback),
    ...testNumbersOf(env).problems,
  );
  if (inbox && production) problems.push('SMS_SENDER: inbox is not for production');
  if (env.DEV_LAN && production) problems.push('DEV_LAN: is not for production');
  const isOpenToLan = env.DEV_LAN && ANY_ADDRESS.has(env.HOST);
  if (inbox && !((isNear(env.HOST) || isOpenToLan) && isNear(publicUrl.hostname)))
    problems.push(
      `SMS_SENDER: inbox needs HOST and PUBLIC_URL on loopback${env.DEV_LAN ? LAN_TOO : DEV_LAN_HINT}`,
    );
  problems.push(...botCheckProblems(env, isLoopback));
  problems.push(...templateProblems(env, publicUrl.hostname));
  if (!env.PASSWORD_BUDGETS && production)
    problems.push('PASSWORD_BUDGETS: cannot be off in production');
  for (const proxy of env.TRUSTED_PROXIES)
    if (!isAddressOrRange(proxy)) problems.push(`TRUSTED_PROXIES: ${proxy} is no address or range`);
  problems.push(...allowedOriginProblems(env.ALLOWED_ORIGINS));
  if (env.DEFAULT_COUNTRY !== undefined && !isServedCountry(env.DEFAULT_COUNTRY, countriesOf(env)))
    problems.push(
      `DEFAULT_COUNTRY: ${env.DEFAULT_COUNTRY} is not among ALLOWED_COUNTRIES, or among DENIED_COUNTRIES`,
    );
  problems.push(
    ...parseSendLimits(env.SEND_LIMITS).problems,
    ...parsePrefixLimits(env.PREFIX_LIMITS).problems,
  );
  problems.push(...parsePrices(env.PRICES_FILE).problems);
  const spend = dailySpendOf(env);
  if (
    spend === null ? env.DAILY_SPEND_REGISTRATIONS !== undefined : spend.registrations > spend.all
  )
    problems.push('DAILY_SPEND_REGISTRATIONS: is a part of DAILY_SPEND');
  return problems;
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined ||
    (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

const routesOf = ({ VERIFICATION_PROVIDER, gateways, accounts }: Given) =>
  parseRoutes(VERIFICATION_PROVIDER, {
    self: `self:${gateways['SMS_SENDER'] ?? ''}`,
    known: accounts.map(({ name }) => name),
  });

const testNumbersOf = (env: Environment) =>
  parseTestNumbers({
    numbers: env.TEST_NUMBERS,
    until: env.TEST_NUMBERS_UNTIL,
    isProduction: env.NODE_ENV === 'production',
    defaultCountry: env.DEFAULT_COUNTRY,
  });

/**
 * Where a phone finds a process that listens everywhere: this machine's address in the local
 * network.
 */
function publicUrlOf(env: Environment): string {
  const host =
    env.DEV_LAN && ANY_ADDRESS.has(env.HOST) ? (localAddress() ?? '127.0.0.1') : env.HOST;
  return env.PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${env.PORT}`;
}

function settingsFrom(env: Given, strangeNames: readonly string[]): Settings {
  const database = databaseOf(env);
  return new Settings({
    environment: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    publicUrl: new URL(publicUrlOf(env)).origin,
    database,
    migrateAtStart: env.MIGRATE_AT_START
      ? env.MIGRATE_AT_START === 'on'
      : database.kind === 'sqlite',
    redisUrl: env.REDIS_URL ?? null,
    ...secretKeysOf(env, database),
    routes: routesOf(env).routes,
    providers: [
      ...new Set([
        ...namedProviders(routesOf(env).routes),
        ...providersSetUp(env.accounts, env.gateways),
      ]),
    ],
    gateways: env.gateways,
    channels: env.CHANNELS,
    testNumbers: testNumbersOf(env).testNumbers,
    messageTemplates: messageTemplatesOf(env),
    trustedProxies: env.TRUSTED_PROXIES,
    allowedOrigins: env.ALLOWED_ORIGINS,
    bcryptCost: env.BCRYPT_COST,
    hashesAtOnce: Math.max(1, Math.min(availableParallelism() + 1, env.UV_THREADPOOL_SIZE - 1)),
    defaultCountry: env.DEFAULT_COUNTRY ?? null,
    ...countriesOf(env),
    sendLimits: parseSendLimits(env.SEND_LIMITS).sendLimits,
    limitsNamed: limitsNamedIn(env.SEND_LIMITS),
    prefixLimits: parsePrefixLimits(env.PREFIX_LIMITS).prefixLimits,
    prices: parsePrices(env.PRICES_FILE).prices,
    dailySpend: dailySpendOf(env),
    botCheck: botCheckOf(env),
    abuseLimits: env.ABUSE_LIMITS ?? 'enforce',
    sendsAreFree:
      env.ABUSE_LIMITS === undefined &&
      namedProviders(routesOf(env).routes).every((name) => name === 'self:inbox'),
    requestLimits: env.REQUEST_LIMITS,
    passwordBudgets: env.PASSWORD_BUDGETS,
    passwordLimits: env.PASSWORD_LIMITS,
    admin: env.ADMIN,
    staffTwoFactor:
      env.STAFF_TWO_FACTOR ?? (env.NODE_ENV === 'production' ? 'required' : 'optional'),
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
    shutdownDrain: milliseconds(env.SHUTDOWN_DRAIN ?? (env.NODE_ENV === 'production' ? '5s' : '0')),
    logLevel: env.LOG_LEVEL,
    devLan: env.DEV_LAN,
    securityContact: env.SECURITY_CONTACT,
    strangeNames,
  });
}

const countriesOf = ({ ALLOWED_COUNTRIES: allowed, DENIED_COUNTRIES: denied }: Environment) => ({
  allowedCountries: allowed ?? ('all' as const),
  deniedCountries: denied ?? [],
});

/** A fifth is the log-ins' reserve, unless told otherwise. */
const dailySpendOf = ({
  DAILY_SPEND: all,
  DAILY_SPEND_REGISTRATIONS: registrations,
}: Environment): Settings['dailySpend'] =>
  all === undefined ? null : { all, registrations: registrations ?? all * 0.8 };

const databaseOf = ({
  DATABASE_URL: url,
  DATABASE_TLS: tls,
  DATABASE_SYNC: sync,
}: Environment): DatabaseSettings =>
  url.startsWith('mysql:')
    ? { kind: 'mysql', url, tls }
    : { kind: 'sqlite', file: url.slice('sqlite:'.length), sync };

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
