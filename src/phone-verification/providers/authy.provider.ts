import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type StartResult,
} from './verification-provider.js';
import { meaningOf } from './authy.errors.js';
import { splitNumber, type AuthyNumber } from './authy.number.js';
import { readReply, type AuthyReply } from './authy.reply.js';
import { boundedFetch, type Exchange } from '../../messaging/vendors/bounded-fetch.js';

export interface AuthyOptions {
  /** The API key; travels in a header only. */
  key: string;
  /** Where the API lives, e.g. `https://api.authy.com`. */
  url: string;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

/** The API's own default is 4 digits: a hundred times easier to guess. */
const CODE_LENGTH = '6';

/**
 * Authy Phone Verification API v1, or a server that speaks it. It makes the codes and knows
 * numbers, not challenges.
 */
export class AuthyProvider extends VerificationProvider {
  readonly name = 'authy';
  readonly codeBelongsTo = 'number';
  readonly channels = ['sms', 'call'] as const;
  private readonly base: string;

  constructor(private readonly options: AuthyOptions) {
    super();
    this.base = `${options.url.replace(/\/+$/, '')}/protected/json/phones/verification`;
  }

  /** Asks for a code of 6 digits. Never repeated here: a second request costs a second message. */
  async start(challenge: ProviderChallenge): Promise<StartResult> {
    const number = splitNumber(challenge.phoneNumber);
    if (!number) return { outcome: 'refused', reason: 'invalid_number' };

    const exchange = await this.postStart(number, challenge.channel);
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const reply = readReply(exchange);
    if (reply.isSuccess) return { outcome: 'sent', reference: reply.uuid };
    return reply.isRefusal ? this.refusedStart(reply) : { outcome: 'unknown' };
  }

  /**
   * Has a code compared. `right` needs the one unmistakable answer; whatever is odd is `unknown`.
   */
  async check(challenge: ProviderChallenge, code: string): Promise<CheckResult> {
    const number = splitNumber(challenge.phoneNumber);
    if (!number) return { outcome: 'not_compared' };

    const exchange = await this.getCheck(number, code);
    if (exchange.outcome === 'not_sent') return { outcome: 'not_compared' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const reply = readReply(exchange);
    if (reply.isSuccess) return { outcome: 'right' };
    return reply.isRefusal ? { outcome: this.meaningOf(reply).check } : { outcome: 'unknown' };
  }

  private postStart(number: AuthyNumber, via: ProviderChallenge['channel']): Promise<Exchange> {
    const body = new URLSearchParams({ via, ...number, code_length: CODE_LENGTH });
    return this.request(new URL(`${this.base}/start`), { method: 'POST', body });
  }

  private getCheck(number: AuthyNumber, code: string): Promise<Exchange> {
    const query = new URLSearchParams({ ...number, verification_code: code });
    return this.request(new URL(`${this.base}/check?${query}`), { method: 'GET' });
  }

  private request(url: URL, init: RequestInit): Promise<Exchange> {
    // A kept connection may be closed by the other side just when a start is written to it: then
    // nobody knows what was sent.
    const headers = {
      'X-Authy-API-Key': this.options.key,
      Accept: 'application/json',
      Connection: 'close',
    };
    return boundedFetch(url, { ...init, headers }, { timeout: this.options.timeout ?? 5000 });
  }

  private refusedStart(reply: AuthyReply): StartResult {
    const { start } = this.meaningOf(reply);
    return start.outcome === 'throttled' ? { ...start, retryAfter: reply.retryAfter } : start;
  }

  private meaningOf({ status, errorCode }: AuthyReply): ReturnType<typeof meaningOf> {
    const meaning = meaningOf(status, errorCode);
    if (meaning.alarm) this.options.log?.(meaning.alarm);
    return meaning;
  }
}
