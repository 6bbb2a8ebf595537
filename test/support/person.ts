import type { Channel } from '../../src/common/channel.js';

/** What a client sees after doing something: nothing wrong, or the name of the refusal. */
export interface Outcome {
  status: number;
  /** Error code (docs/errors.md); undefined after a success. */
  error?: string | undefined;
  /** Refused fields and their sentences, under the JSON API's names. */
  fields?: Record<string, string>;
  attemptsLeft?: number | undefined;
  retryAfter?: number | undefined;
}

export interface Registration {
  username: string;
  password: string;
  phoneNumber: string;
  countryCode?: string;
  fullName?: string;
  /** The answer to a bot check. */
  botCheck?: string;
}

export type Where = 'stranger' | 'confirmation_required' | 'password_change_required' | 'active';

/** A person with a browser, or a program: the same verbs over either face. */
export interface Person {
  readonly face: 'pages' | 'api';
  /** Where a trusted proxy says it comes from; undefined: from here. */
  address: string | undefined;
  register(registration: Registration): Promise<Outcome>;
  confirm(code: string): Promise<Outcome>;
  resend(channel?: Channel): Promise<Outcome>;
  /** Another number for an account whose own is somebody else's. */
  giveNumber(phoneNumber: string, countryCode?: string): Promise<Outcome>;
  logIn(username: string, password: string): Promise<Outcome>;
  logOut(): Promise<Outcome>;
  changePassword(oldPassword: string, newPassword: string): Promise<Outcome>;
  /** On pages a proof applies the change by itself; a program has to ask again. */
  setTwoFactor(enabled: boolean): Promise<Outcome>;
  where(): Promise<Where>;
  /** The session token as the client holds it now. */
  token(): string | undefined;
  /** The tokens of known devices as the client holds them; empty without. */
  device(): string;
  holdDevice(tokens: string): void;
  /** Another client with the same token: two tabs, or a thief. */
  twin(): Person;
  /** The same client at another address, e.g. after a restart. */
  at(url: string): Person;
}
