import { z } from 'zod';
import { parsedUrl } from '../common/net/parsed-url.js';

/** Settings by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

type Shape = Readonly<Record<string, z.ZodType<string | undefined>>>;

/** What the settings know of whoever makes codes or carries them. */
export interface Account {
  /** As routes name it: `authy`, `self:twilio`. */
  name: string;
  /** Its part of the environment. */
  settings: Shape;
  /** What it cannot do without. */
  required: readonly string[];
  /** It has no account of its own: only a route sets it up. */
  isByRouteOnly?: boolean;
  /** What is wrong between its settings: sentences that name one of them and tell no secret. */
  problems?(settings: Variables): readonly string[];
}

/** The environment of all accounts, and SMS_SENDER: which of the senders `self` alone means. */
export function accountSettings(accounts: readonly Account[]) {
  const senders = accounts.flatMap(({ name }) => /^self:(.*)/.exec(name)?.[1] ?? []);
  const settings = Object.assign({}, ...accounts.map((account) => account.settings)) as Shape;
  return z.object({ SMS_SENDER: z.enum(senders).default('inbox'), ...settings });
}

/**
 * Providers whose account is given, whether a route names them or not: codes that they hold can
 * still be checked.
 */
export const providersSetUp = (accounts: readonly Account[], settings: Variables): string[] =>
  accounts
    .filter(({ isByRouteOnly = false }) => !isByRouteOnly)
    .filter(({ required }) => required.every((name) => settings[name] !== undefined))
    .map(({ name }) => name);

/**
 * A sentence for each setting that a provider of the routes lacks, and for each address that would
 * tell secrets in clear.
 */
export function accountProblems(
  accounts: readonly Account[],
  settings: Variables,
  named: readonly string[],
  isLoopback: (host: string) => boolean,
): string[] {
  const missing = named.flatMap((provider) =>
    (accounts.find(({ name }) => name === provider)?.required ?? [])
      .filter((name) => settings[name] === undefined)
      .map((name) => `${name}: is required for ${provider}`),
  );
  const between = accounts.flatMap((account) => account.problems?.(settings) ?? []);
  const clear = Object.keys(settings).filter((name) => {
    const url = name.endsWith('_URL') ? parsedUrl(settings[name] ?? '') : null;
    return url?.protocol === 'http:' && !isLoopback(url.hostname);
  });
  return [
    ...new Set(missing),
    ...between,
    ...clear.map((name) => `${name}: http is for loopback only; use https`),
  ];
}
