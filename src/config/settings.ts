import { CHANNELS, type Channel } from '../common/channel.js';
import { days, hours, minutes, seconds } from '../common/clock.js';
import { isCountry } from '../common/phone/numbering-plan.js';
import { z } from 'zod';
import { botCheckSettings, type BotCheckSettings } from './bot-check-settings.js';
import type { Variables } from './accounts.js';
import { LEAST_KEY } from './keys/kept-secret-key.js';
import { passwordLimits, type PasswordLimits } from '../common/limits/password-limits.js';
import type { PrefixLimit } from './prefix-limits.js';
import type { Prices } from './prices.js';
import type { SendLimits } from '../common/limits/send-limits.js';
import type { TestNumbers } from './test-numbers.js';
import { namedProviders, type VerificationRoutes } from './verification-routes.js';
import { whole } from './whole.js';
import { requestLimits, type RequestLimitSettings } from '../common/limits/request-limits.js';
import { templateSettings, type MessageTemplates } from './message-templates.js';

const UNITS: Record<string, (count: number) => number> = {
  s: seconds,
  m: minutes,
  h: hours,
  d: days,
};

/** Of `24h`; 0 of what has no unit. */
export const milliseconds = (text: string): number =>
  UNITS[text.slice(-1)]?.(Number(text.slice(0, -1))) ?? 0;

const duration = (fallback: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}[smhd]$/, 'must be a number with s, m, h or d, e.g. 24h')
    .default(fallback)
    .transform(milliseconds);

const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'])
    .default(fallback)
    .transform((word) => word === 'on');

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const countries = list.pipe(
  z
    .array(z.string())
    .min(1, 'must name a country')
    .refine((codes) => codes.every(isCountry), 'must be two-letter country codes'),
);

const CONTACTS = 'must be mailto:…, https://… or tel:+…, separated by commas';

const money = z.coerce.number().positive('must be an amount of money, e.g. 50').max(200_000);

/** What is wrong with a value, where its rule does not say so itself. */
export function sentenceFor(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return 'must be an address, e.g. https://accounts.example';
  return issue.code === 'invalid_type' && issue.expected === 'number'
    ? 'must be a number'
    : undefined;
}

/** The environment by the names of .env.example. Empty variables count as unset. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|mysql:\/\/.+)$/,
      'must be sqlite:PATH or mysql://user:password@host:3306/name',
    )
    .default('sqlite:./var/ringback.sqlite'),
  DATABASE_TLS: onOff('off'),
  DATABASE_SYNC: z.enum(['full', 'normal']).default('full'),
  MIGRATE_AT_START: z.enum(['on', 'off']).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://… or rediss://…' }).optional(),
  SECRET_KEY: list
    .pipe(
      z
        .array(z.string().min(LEAST_KEY, `must have at least ${LEAST_KEY} characters`))
        .min(1, 'must name a key'),
    )
    .optional(),
  VERIFICATION_PROVIDER: z.string().default('self'),
  ...templateSettings,
  NOTICES: onOff('on'),
  CHANNELS: list
    .pipe(z.array(z.enum(CHANNELS, `must be words of ${CHANNELS.join(', ')}`)))
    .refine((words) => words.includes('sms'), 'must name sms: every code goes out that way first')
    .transform((words) => CHANNELS.filter((channel) => words.includes(channel)))
    .default(['sms', 'call']),
  TEST_NUMBERS: z.string().optional(),
  TEST_NUMBERS_UNTIL: z.string().optional(),
  TRUSTED_PROXIES: list.default([]),
  ALLOWED_ORIGINS: list.default([]),
  UV_THREADPOOL_SIZE: whole(1, 1024).default(4),
  BCRYPT_COST: whole(4, 16).default(12),
  DEFAULT_COUNTRY: z.string().refine(isCountry, 'must be a two-letter country code').optional(),
  ALLOWED_COUNTRIES: countries.optional(),
  DENIED_COUNTRIES: countries.optional(),
  SEND_LIMITS: z.string().optional(),
  PREFIX_LIMITS: z.string().optional(),
  DAILY_SPEND: money.optional(),
  DAILY_SPEND_REGISTRATIONS: money.optional(),
  PRICES_FILE: z.string().optional(),
  ...botCheckSettings,
  ABUSE_LIMITS: z.enum(['enforce', 'record']).optional(),
  REQUEST_LIMITS: requestLimits,
  PASSWORD_BUDGETS: onOff('on'),
  PASSWORD_LIMITS: passwordLimits,
  ADMIN: onOff('on'),
  STAFF_TWO_FACTOR: z.enum(['optional', 'required']).optional(),
  SESSION_IDLE: duration('24h'),
  SESSION_ABSOLUTE: duration('30d'),
  STAFF_SESSION_IDLE: duration('1h'),
  STAFF_SESSION_ABSOLUTE: duration('24h'),
  AUDIT_ADDRESS_DAYS: whole(1, 3650).default(90),
  DOCS: onOff('on'),
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[\w.~+/-]{16,200}=*$/,
      'must have 16 to 200 characters: letters, digits and any of -._~+/',
    )
    .optional(),
  SHUTDOWN_DRAIN: z
    .string()
    .regex(/^(0|[1-9]\d{0,3}[sm])$/, 'must be 0, or a number with s or m, e.g. 5s')
    .optional(),
  DEV_LAN: onOff('off'),
  SECURITY_CONTACT: list
    .pipe(z.array(z.string().regex(/^(mailto:\S+@\S+|https:\/\/\S+|tel:\+[\d-]+)$/, CONTACTS)))
    .default([]),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Environment = z.infer<typeof environmentSchema>;

export type DatabaseSettings =
  | { kind: 'sqlite'; file: string; sync?: 'full' | 'normal' }
  | { kind: 'mysql'; url: string; tls?: boolean };

/** Everything the product can be told, checked and frozen. Durations are milliseconds. */
export class Settings {
  readonly environment: Environment['NODE_ENV'];
  readonly host: string;
  readonly port: number;
  /** Origin of the pages, without a path. */
  readonly publicUrl: string;
  readonly database: DatabaseSettings;
  readonly migrateAtStart: boolean;
  /** Where several instances count requests together; null where each counts its own. */
  readonly redisUrl: string | null;
  readonly secretKeys: readonly string[];
  /** Where the one lies that was made for this installation; null: SECRET_KEY names them. */
  readonly keyFile: string | null;
  /**
   * Where the first of them is to be kept once the database has nothing under another one; null:
   * nowhere, or it is.
   */
  readonly keepKeyIn: string | null;
  /** Whom to ask for a code, in order and by country. */
  readonly routes: VerificationRoutes;
  /** Every provider whose account is given. */
  readonly providers: readonly string[];
  /** The settings of their accounts. */
  readonly gateways: Variables;
  /** How codes may reach a phone, where a provider can. */
  readonly channels: readonly Channel[];
  readonly testNumbers: TestNumbers;
  readonly messageTemplates: MessageTemplates;
  /** Whether phones are told of what happens to their accounts. */
  readonly notices: boolean;
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may call the API and read its document (CORS). */
  readonly allowedOrigins: readonly string[];
  readonly bcryptCost: number;
  /**
   * Password hashes at once: one more than cores, for a core to go on with while the last result is
   * taken in; one thread of Node's pool is left to files and name look-ups.
   */
  readonly hashesAtOnce: number;
  /** Whose a national number is where no country is chosen; null: one has to be. */
  readonly defaultCountry: string | null;
  readonly allowedCountries: readonly string[] | 'all';
  readonly deniedCountries: readonly string[];
  readonly sendLimits: SendLimits;
  /** Limits of messages that the settings name. */
  readonly limitsNamed: ReadonlySet<string>;
  readonly prefixLimits: readonly PrefixLimit[];
  readonly prices: Prices;
  /**
   * What messages of a day may cost, and those of registrations; null: no such limit. In the
   * currency of the prices.
   */
  readonly dailySpend: { readonly all: number; readonly registrations: number } | null;
  readonly botCheck: BotCheckSettings;
  readonly abuseLimits: 'enforce' | 'record';
  /**
   * The inbox is the only sender: limits that guard money are recorded alone, unless the settings
   * name them.
   */
  readonly sendsAreFree: boolean;
  readonly requestLimits: RequestLimitSettings;
  readonly passwordBudgets: boolean;
  readonly passwordLimits: PasswordLimits;
  readonly admin: boolean;
  readonly staffTwoFactor: 'optional' | 'required';
  readonly sessions: SessionLimits;
  readonly auditAddressDays: number;
  readonly docs: boolean;
  /** Opens `/metrics` to other machines; null keeps them out. */
  readonly metricsToken: string | null;
  /** Milliseconds between the signal to end and the end of listening. */
  readonly shutdownDrain: number;
  readonly logLevel: Environment['LOG_LEVEL'];
  /**
   * While developing, machines of the local network may look in, the inbox included; never in
   * production.
   */
  readonly devLan: boolean;
  /**
   * Whom to tell of a hole in this installation, as `/.well-known/security.txt` says it; nobody
   * named: no such file.
   */
  readonly securityContact: readonly string[];
  /** What `.env` names and Ringback does not know. */
  readonly strangeNames: readonly string[];

  constructor(values: Settings) {
    Object.assign(this, values);
    Object.freeze(this);
  }

  /** Whether messages stay in memory and are shown at `/dev/inbox`. */
  static hasInbox(settings: Settings): boolean {
    return (
      namedProviders(settings.routes).includes('self:inbox') &&
      settings.environment !== 'production'
    );
  }
}

export interface SessionLimits {
  readonly idle: number;
  readonly absolute: number;
  readonly staffIdle: number;
  readonly staffAbsolute: number;
}
