import { isIP } from 'node:net';
import { isLocalNetwork, isLoopback } from '../common/net/local-network.js';
import { isServedCountry } from '../common/phone/served.js';
import { accountProblems } from './accounts.js';
import { botCheckProblems } from './bot-check-settings.js';
import { databaseUrlProblem } from './database-url.js';
import { ANY_ADDRESS, type Given, type Meaning } from './given.js';
import { isGuessable } from './keys/guessable-key.js';
import { templateProblems } from './message-templates.js';

const isNear = ({ DEV_LAN }: Given, host: string): boolean =>
  isLoopback(host) || (DEV_LAN && isLocalNetwork(host));

const LAN_TOO = ' or in your local network';
const DEV_LAN_HINT = '; DEV_LAN=on opens it to your local network while you develop';

/** What is wrong between several variables: a sentence, some, or none. */
type Rule = (env: Given, meaning: Meaning) => string | readonly string[] | false | undefined;

const RULES: readonly Rule[] = [
  (env, { publicUrl }) =>
    publicUrl.protocol === 'http:' &&
    !isNear(env, publicUrl.hostname) &&
    'PUBLIC_URL: http is for loopback only; use https',
  (_env, { publicUrl }) =>
    (publicUrl.pathname !== '/' || publicUrl.search !== '') &&
    'PUBLIC_URL: must be an origin without a path',
  ({ SECRET_KEY }, { isProduction }) =>
    !SECRET_KEY && isProduction && 'SECRET_KEY: is required in production',
  ({ SECRET_KEY }, { isProduction, database }) =>
    !SECRET_KEY &&
    !isProduction &&
    database.kind === 'mysql' &&
    'SECRET_KEY: is required with MySQL',
  // Only the first: a key that is on its way out has to be named until the last hash has moved.
  ({ SECRET_KEY }, { isProduction }) =>
    isProduction &&
    SECRET_KEY?.slice(0, 1).some(isGuessable) &&
    'SECRET_KEY: can be guessed; make one at random, e.g. by "openssl rand -base64 48"',
  (_env, { database }) => database.kind === 'mysql' && databaseUrlProblem(database.url),
  // A certificate is held against a name; the driver asks for none where there is an address only.
  ({ DATABASE_TLS, DATABASE_URL }) =>
    DATABASE_TLS &&
    isIP(/^mysql:\/\/(?:.*@)?([^:/?]+)/.exec(DATABASE_URL)?.[1] ?? '') !== 0 &&
    'DATABASE_TLS: needs a host name in DATABASE_URL, not an address',
  ({ BCRYPT_COST, NODE_ENV }) =>
    BCRYPT_COST < 10 && NODE_ENV !== 'test' && 'BCRYPT_COST: must be at least 10',
  (_env, { routeProblems }) => routeProblems.map((problem) => `VERIFICATION_PROVIDER: ${problem}`),
  ({ accounts, gateways }, { providersNamed }) =>
    accountProblems(accounts, gateways, providersNamed, isLoopback),
  (_env, { testNumberProblems }) => testNumberProblems,
  (_env, { isProduction, hasInbox }) =>
    hasInbox && isProduction && 'SMS_SENDER: inbox is not for production',
  ({ DEV_LAN }, { isProduction }) => DEV_LAN && isProduction && 'DEV_LAN: is not for production',
  (env, { hasInbox, publicUrl }) => {
    const isOpenToLan = env.DEV_LAN && ANY_ADDRESS.has(env.HOST);
    const isAtHome = (isNear(env, env.HOST) || isOpenToLan) && isNear(env, publicUrl.hostname);
    const where = env.DEV_LAN ? LAN_TOO : DEV_LAN_HINT;
    return (
      hasInbox && !isAtHome && `SMS_SENDER: inbox needs HOST and PUBLIC_URL on loopback${where}`
    );
  },
  (env) => botCheckProblems(env, isLoopback),
  (env, { publicUrl }) => templateProblems(env, publicUrl.hostname),
  ({ PASSWORD_BUDGETS }, { isProduction }) =>
    !PASSWORD_BUDGETS && isProduction && 'PASSWORD_BUDGETS: cannot be off in production',
  ({ DEFAULT_COUNTRY }, { countries }) =>
    DEFAULT_COUNTRY !== undefined &&
    !isServedCountry(DEFAULT_COUNTRY, countries) &&
    `DEFAULT_COUNTRY: ${DEFAULT_COUNTRY} is not among ALLOWED_COUNTRIES, or among DENIED_COUNTRIES`,
  ({ DAILY_SPEND: all = 0, DAILY_SPEND_REGISTRATIONS: part = 0 }) =>
    part > all && 'DAILY_SPEND_REGISTRATIONS: is a part of DAILY_SPEND',
];

export const problemsBetween = (env: Given, meaning: Meaning): string[] =>
  RULES.flatMap((rule) => rule(env, meaning) || []);
