import type { CodeLength } from '../../common/text/typed-code.js';
import type { Probe, SendResult } from '../../messaging/vendors/sms-sender.js';
import type { Channel } from '../challenge.entity.js';

/** What a provider may know of a challenge. */
export interface ProviderChallenge {
  /** E.164, e.g. `+14155550100`. */
  phoneNumber: string;
  channel: Channel;
  /** The challenge's random nonce, from which a provider that makes its own codes derives them. */
  nonce: string;
  /** What the provider called this verification when it started, if it did. */
  providerReference: string | null;
}

/** A challenge whose code is to go out now. */
export interface Sending extends ProviderChallenge {
  /** BCP 47 tag of the person's language, e.g. `pt`. */
  locale: string;
  /** Seconds the code still works. */
  ttl: number;
  /** Our own name for this message: `[A-Za-z0-9_-]{22}`. */
  messageReference: string;
}

/**
 * `gone`: the provider no longer knows the verification. `not_compared`: the code surely was not
 * looked at. `unknown`: it may have been.
 */
export type CheckResult = { outcome: 'right' | 'wrong' | 'gone' | 'not_compared' | 'unknown' };

/**
 * Who makes, sends and checks the code. The provider owns the code: nobody outside this room knows
 * which one it is. Implementations never throw for what the network does; they answer with an
 * outcome, within 5 seconds.
 */
export abstract class VerificationProvider {
  /** As routes name it, e.g. `self:twilio`. */
  abstract readonly name: string;
  /**
   * Whether a code belongs to one challenge (made here) or to a number (made by a service that
   * knows numbers only).
   */
  abstract readonly codeBelongsTo: 'challenge' | 'number';
  abstract readonly channels: readonly Channel[];
  /** How many digits its codes have, as far as it is known, where they are not six. */
  readonly codeLength?: CodeLength;

  /** Who keeps the code, and so can check it: all senders of codes made here share one holder. */
  get holder(): string {
    return this.name.split(':')[0] ?? this.name;
  }

  abstract start(sending: Sending): Promise<SendResult>;
  abstract check(challenge: ProviderChallenge, code: string): Promise<CheckResult>;
  /**
   * Whether this was the code of a challenge that is over, for providers whose codes are made here:
   * nobody is asked.
   */
  isCodeOf?(challenge: ProviderChallenge, code: string): boolean;
  /**
   * Finds out how many digits its codes have, for those that cannot know by themselves. Never
   * throws.
   */
  learnCodeLength?(): Promise<CodeLength>;
  /** The verification is not wanted any more. Nobody waits for it. */
  cancel?(challenge: ProviderChallenge): Promise<void>;
  /**
   * What a call says, in the gateway's own words; null when its code can be made no more. `locale`:
   * BCP 47.
   */
  script?(challenge: ProviderChallenge, locale: string): string | null;
  /**
   * The code of a message was typed in, for providers that want to know; `id` is the provider's
   * own. Never throws.
   */
  confirmed?(id: string): Promise<void>;
  /** Asks the provider whether it would serve us, without sending: credentials, service, clock. */
  probe?(): Promise<Probe>;
}
