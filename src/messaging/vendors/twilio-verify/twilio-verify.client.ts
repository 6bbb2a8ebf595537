import { createRequire } from 'node:module';
// Only the part that knows Verify: the whole client, with its own way to speak HTTP, takes five
// times as long to load, and blocks everything meanwhile.
import Verify from 'twilio/lib/rest/Verify.js';
import { boundedFetch, type Exchange } from '../bounded-fetch.js';

/** Whom to ask, and as whom. */
export interface TwilioAccount {
  /** `AC…` */
  accountSid: string;
  authToken: string;
  /** `VA…`, the Verify service. */
  serviceSid: string;
  /** Where the API lives, e.g. `https://verify.twilio.com`. */
  url: string;
  /** Milliseconds for one exchange in all. */
  timeout: number;
}

/** A Verify service as Twilio's own client knows it. */
export type VerifyService = ReturnType<Verify['v2']['services']['get']>;

const { version } = createRequire(import.meta.url)('twilio/package.json') as { version: string };

/** A request as Twilio's client writes it. */
interface TwilioRequest {
  method: string;
  uri: string;
  headers?: Record<string, string>;
  data?: Record<string, string>;
}

/**
 * Carries one request of Twilio's client within our bounds, to the address we were told, and keeps
 * the answer whole.
 */
class OneExchange {
  exchange: Exchange | undefined;

  constructor(private readonly account: TwilioAccount) {}

  async request({
    method,
    uri,
    headers,
    data,
  }: TwilioRequest): Promise<{ statusCode: number; body: object }> {
    const { accountSid, authToken, url, timeout } = this.account;
    const { pathname, search } = new URL(uri);
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const init = {
      method: method.toUpperCase(),
      // A kept connection may be closed by the other side just when a start is written to it: then
      // nobody knows what was sent.
      headers: {
        ...headers,
        'User-Agent': `twilio-node/${version}`,
        Authorization: authorization,
        Connection: 'close',
      },
      body: data === undefined ? null : new URLSearchParams(data),
    };
    this.exchange = await boundedFetch(
      new URL(`${url.replace(/\/+$/, '')}${pathname}${search}`),
      init,
      { timeout },
    );
    // The client would drop what counts (Retry-After, Date, which 2xx it was), so it gets nothing
    // to read.
    return { statusCode: 200, body: {} };
  }
}

/**
 * Has Twilio's client make one request, never two, and answers with what came back, read by nobody
 * yet. Throws when none can be made with such an account: then nothing was sent.
 */
export async function askTwilio(
  account: TwilioAccount,
  ask: (service: VerifyService) => Promise<unknown>,
): Promise<Exchange> {
  if (!account.accountSid.startsWith('AC') || account.authToken === '')
    throw new Error('These are no credentials of Twilio.');
  const http = new OneExchange(account);
  await ask(new Verify(http).v2.services(account.serviceSid)).catch((error: unknown) => {
    if (http.exchange === undefined) throw error;
  });
  return http.exchange ?? { outcome: 'not_sent' };
}
