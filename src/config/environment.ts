import { CHANNELS } from '../common/channel.js';
import { days, hours, minutes, seconds } from '../common/clock.js';
import { isCountry } from '../common/phone/numbering-plan.js';
import { isIP } from 'node:net';
import { z } from 'zod';
import { originProblem } from './allowed-origins.js';
import { botCheckSettings } from './bot-check-settings.js';
import { LEAST_KEY } from './keys/kept-secret-key.js';
import { passwordLimits } from '../common/limits/password-limits.js';
import { prefixLimits } from './prefix-limits.js';
import { pricesFile } from './prices.js';
import { sendLimits } from '../common/limits/send-limits.js';
import { whole } from './whole.js';
import { requestLimits } from '../common/limits/request-limits.js';
import { templateSettings } from './message-templates.js';

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

/** A list, and a sentence for each entry that is wrong. */
const listOf = (problemOf: (entry: string) => string | undefined) =>
  list.superRefine((entries, context) => {
    for (const message of entries.map(problemOf))
      if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

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

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined ||
    (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
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
  TRUSTED_PROXIES: listOf((proxy) =>
    isAddressOrRange(proxy) ? undefined : `${proxy} is no address or range`,
  ).default([]),
  ALLOWED_ORIGINS: listOf(originProblem).default([]),
  UV_THREADPOOL_SIZE: whole(1, 1024).default(4),
  BCRYPT_COST: whole(4, 16).default(12),
  DEFAULT_COUNTRY: z.string().refine(isCountry, 'must be a two-letter country code').optional(),
  ALLOWED_COUNTRIES: countries.optional(),
  DENIED_COUNTRIES: countries.optional(),
  SEND_LIMITS: sendLimits,
  PREFIX_LIMITS: prefixLimits,
  DAILY_SPEND: money.optional(),
  DAILY_SPEND_REGISTRATIONS: money.optional(),
  PRICES_FILE: pricesFile,
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
