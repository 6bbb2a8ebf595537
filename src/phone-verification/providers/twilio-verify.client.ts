import twilio from 'twilio';
import { boundedFetch, type Exchange } from './bounded-fetch.js';

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
export type VerifyService = ReturnType<twilio.Twilio['verify']['v2']['services']['get']>;

type RequestOptions<Data> = Parameters<typeof twilio.RequestClient.prototype.request<Data>>[0];
type Response<Data> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<Data>>>;

/** Carries one request of Twilio's client within our bounds, to the address we were told, and keeps the answer whole. */
class OneExchange extends twilio.RequestClient {
  exchange: Exchange | undefined;

  constructor(
    private readonly base: string,
    private readonly limit: number,
  ) {
    super({ autoRetry: false, keepAlive: false, timeout: limit });
  }

  override async request<Data>(options: RequestOptions<Data>): Promise<Response<Data>> {
    const { method, uri, username, password, headers, data } = options;
    const { pathname, search } = new URL(uri);
    const authorization = `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`;
    const init = {
      method: method.toUpperCase(),
      // A kept connection may be closed by the other side just when a start is written to it: then nobody knows what was sent.
      headers: { ...(headers as Record<string, string>), Authorization: authorization, Connection: 'close' },
      body: data === undefined ? null : new URLSearchParams(data as Record<string, string>),
    };
    this.exchange = await boundedFetch(new URL(`${this.base}${pathname}${search}`), init, { timeout: this.limit });
    // The client would drop what counts (Retry-After, Date, which 2xx it was), so it gets nothing to read.
    return { statusCode: 200, body: {} as Data, headers: {} };
  }
}

/**
 * Has Twilio's client make one request, never two, and answers with what came back, read by nobody yet. Throws when the client
 * refuses to make it (no account id, for one): then nothing was sent.
 */
export async function askTwilio(account: TwilioAccount, ask: (service: VerifyService) => Promise<unknown>): Promise<Exchange> {
  const http = new OneExchange(account.url.replace(/\/+$/, ''), account.timeout);
  const client = twilio(account.accountSid, account.authToken, { httpClient: http });
  await ask(client.verify.v2.services(account.serviceSid)).catch((error: unknown) => {
    if (http.exchange === undefined) throw error;
  });
  return http.exchange ?? { outcome: 'not_sent' };
}
