import { z } from 'zod';
import type { Channel } from '../../common/channel.js';
import type { Account, Variables } from '../../config/accounts.js';
import type { GatewayContext } from './gateway-sender.js';

/** What is known of a vendor before its code is loaded. */
export interface About<S extends Account['settings'], R extends string> extends Account {
  settings: S;
  required: readonly R[];
  problems?(settings: ValuesOf<S>): readonly string[];
  /** How it can reach a phone, with an account that can. */
  channels: readonly Channel[];
  /** What its delivery receipts are checked with: without it none are asked for. */
  receiptsNeed?: keyof S & string;
}

type ValuesOf<S extends Account['settings']> = { readonly [K in keyof S]: z.infer<S[K]> };

/** Keeps the names of its settings for `SettingsOf`. */
export const about = <S extends Account['settings'], const R extends keyof S & string>(
  vendor: About<S, R>,
): About<S, R> => vendor;

/** A vendor's settings, of which what it cannot do without is given. */
export type SettingsOf<A> =
  A extends About<infer S, infer R> ? ValuesOf<S> & Readonly<Record<R, string>> : never;

/** A vendor, and the way to what works for it: it is loaded only where its account is given. */
export interface Vendor<T> extends About<Account['settings'], string> {
  open(settings: Variables, context: GatewayContext): Promise<T>;
}

/** A line of a list of vendors. What is required has been checked with the settings. */
export const vendor = <A extends About<Account['settings'], string>, T>(
  of: A,
  load: () => Promise<new (settings: SettingsOf<A>, context: GatewayContext) => T>,
): Vendor<T> => ({
  ...of,
  open: async (settings, context) => new (await load())(settings as SettingsOf<A>, context),
});

export const text = z.string().optional();
/** Where an API lives; others than its own are servers that speak the same protocol. */
export const address = (standard: string) => z.url({ protocol: /^https?$/ }).default(standard);
