import { z } from 'zod';
import { whole } from './whole.js';

export const BOT_CHECKS = ['proof-of-work', 'turnstile', 'hcaptcha'] as const;

export type BotCheckName = (typeof BOT_CHECKS)[number];

const key = z
  .string()
  .regex(/^[\w.-]+$/, 'must be letters, digits and any of _.-')
  .optional();
const address = (standard: string) => z.url({ protocol: /^https?$/ }).default(standard);

/**
 * What stands between a robot and the first message of a registration, and when. Addresses are for
 * servers of tests.
 */
export const botCheckSettings = {
  BOT_CHECK: z.enum(BOT_CHECKS).default('proof-of-work'),
  BOT_CHECK_WHEN: z.enum(['never', 'risk', 'always']).default('never'),
  BOT_CHECK_DIFFICULTY: whole(10, 100_000).default(2000),
  TURNSTILE_SITE_KEY: key,
  TURNSTILE_SECRET: key,
  TURNSTILE_URL: address('https://challenges.cloudflare.com'),
  HCAPTCHA_SITE_KEY: key,
  HCAPTCHA_SECRET: key,
  HCAPTCHA_URL: address('https://api.hcaptcha.com'),
};

type BotCheckEnvironment = z.infer<z.ZodObject<typeof botCheckSettings>>;

/** An account with a service that tells people from robots. */
export interface BotCheckAccount {
  siteKey: string;
  secret: string;
  /** Origin of its API. */
  url: string;
}

export interface BotCheckSettings {
  name: BotCheckName;
  when: BotCheckEnvironment['BOT_CHECK_WHEN'];
  /** Steps of the proof of work at most. */
  difficulty: number;
  turnstile: BotCheckAccount;
  hcaptcha: BotCheckAccount;
}

/** The bot check's part of the environment. */
export const botCheckOf = (env: BotCheckEnvironment): BotCheckSettings => ({
  name: env.BOT_CHECK,
  when: env.BOT_CHECK_WHEN,
  difficulty: env.BOT_CHECK_DIFFICULTY,
  turnstile: {
    siteKey: env.TURNSTILE_SITE_KEY ?? '',
    secret: env.TURNSTILE_SECRET ?? '',
    url: env.TURNSTILE_URL,
  },
  hcaptcha: {
    siteKey: env.HCAPTCHA_SITE_KEY ?? '',
    secret: env.HCAPTCHA_SECRET ?? '',
    url: env.HCAPTCHA_URL,
  },
});

const REQUIRED = {
  'proof-of-work': [],
  turnstile: ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET'],
  hcaptcha: ['HCAPTCHA_SITE_KEY', 'HCAPTCHA_SECRET'],
} as const satisfies Record<BotCheckName, readonly (keyof BotCheckEnvironment)[]>;

/**
 * A sentence for each variable that the check in use lacks, and for an address that would tell its
 * secret in clear.
 */
export function botCheckProblems(
  env: BotCheckEnvironment,
  isLoopback: (host: string) => boolean,
): string[] {
  const required = env.BOT_CHECK_WHEN === 'never' ? [] : REQUIRED[env.BOT_CHECK];
  const missing = required
    .filter((name) => env[name] === undefined)
    .map((name) => `${name}: is required for ${env.BOT_CHECK}`);
  const clear = (['TURNSTILE_URL', 'HCAPTCHA_URL'] as const).filter((name) => {
    const { protocol, hostname } = new URL(env[name]);
    return protocol === 'http:' && !isLoopback(hostname);
  });
  return [...missing, ...clear.map((name) => `${name}: http is for loopback only; use https`)];
}
