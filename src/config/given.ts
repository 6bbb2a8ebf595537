import { localAddress } from '../common/net/local-network.js';
import { providersSetUp, type Account, type Variables } from './accounts.js';
import type { Environment } from './environment.js';
import type { DatabaseSettings, Settings } from './settings.js';
import { parseTestNumbers } from './test-numbers.js';
import { namedProviders, parseRoutes } from './verification-routes.js';

export const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** Every variable, and who there is to make and carry codes. */
export interface Given extends Environment {
  accounts: readonly Account[];
  gateways: Variables;
}

export type Meaning = ReturnType<typeof meaningOf>;

/** What several variables say together; whether they may is for the rules (setting-rules.ts). */
export function meaningOf(env: Given) {
  const isProduction = env.NODE_ENV === 'production';
  const { routes, problems: routeProblems } = parseRoutes(env.VERIFICATION_PROVIDER, {
    self: `self:${env.gateways['SMS_SENDER'] ?? ''}`,
    known: env.accounts.map(({ name }) => name),
  });
  const providersNamed = namedProviders(routes);
  const { testNumbers, problems: testNumberProblems } = parseTestNumbers({
    numbers: env.TEST_NUMBERS,
    until: env.TEST_NUMBERS_UNTIL,
    isProduction,
    defaultCountry: env.DEFAULT_COUNTRY,
  });
  return {
    isProduction,
    publicUrl: new URL(publicUrlOf(env)),
    database: databaseOf(env),
    routes,
    routeProblems,
    providersNamed,
    providers: [...new Set([...providersNamed, ...providersSetUp(env.accounts, env.gateways)])],
    hasInbox: providersNamed.includes('self:inbox'),
    testNumbers,
    testNumberProblems,
    countries: {
      allowedCountries: env.ALLOWED_COUNTRIES ?? ('all' as const),
      deniedCountries: env.DENIED_COUNTRIES ?? [],
    },
    dailySpend: dailySpendOf(env),
  };
}

/**
 * Where a phone finds a process that listens everywhere: this machine's address in the local
 * network.
 */
function publicUrlOf(env: Environment): string {
  const host =
    env.DEV_LAN && ANY_ADDRESS.has(env.HOST) ? (localAddress() ?? '127.0.0.1') : env.HOST;
  return env.PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${env.PORT}`;
}

const databaseOf = ({
  DATABASE_URL: url,
  DATABASE_TLS: tls,
  DATABASE_SYNC: sync,
}: Environment): DatabaseSettings =>
  url.startsWith('mysql:')
    ? { kind: 'mysql', url, tls }
    : { kind: 'sqlite', file: url.slice('sqlite:'.length), sync };

/** A fifth is the log-ins' reserve, unless told otherwise. */
const dailySpendOf = ({
  DAILY_SPEND: all,
  DAILY_SPEND_REGISTRATIONS: registrations,
}: Environment): Settings['dailySpend'] =>
  all === undefined ? null : { all, registrations: registrations ?? all * 0.8 };
