import { z } from 'zod';
import { measureOf } from '../../../common/text/gsm-alphabet.js';
import {
  meaningOfAll,
  meaningOfHttp,
  readJson,
  refused,
  sent,
  throttled,
  unavailable,
  unknown,
  type Answer,
  type Meaning,
} from '../gateway-answer.js';
import { good } from '../gateway-probe.js';
import {
  basic,
  digitsOf,
  GatewaySender,
  within,
  withoutSlash,
  type GatewayContext,
  type GatewayRequest,
} from '../gateway-sender.js';
import type { Message, Receipt, ReceiptRequest } from '../sms-sender.js';
import { readVonageReceipt } from './vonage.receipt.js';
import type { VonageSettings } from './vonage.vendor.js';

const say = (code: string, sentence: string): Meaning =>
  unavailable(`The SMS gateway Vonage ${sentence} (${code}).`);

/**
 * The statuses of the SMS API (Vonage, "SMS API Errors"); everything but `0` means that the message
 * was not accepted. 6 reads "unable to process this message, for example, an unrecognized number
 * prefix": that may as well be the account, so no number is refused for it.
 */
const ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['1', throttled],
  ['2', say('2', 'misses something in our requests: check VONAGE_FROM')],
  ['3', say('3', 'finds something in our requests invalid: check VONAGE_FROM')],
  ['4', say('4', 'does not accept our credentials: check VONAGE_API_KEY and VONAGE_API_SECRET')],
  ['5', unavailable()],
  ['6', unavailable()],
  ['7', refused('blocked')],
  ['8', say('8', 'has suspended our account: nothing is sent')],
  ['9', say('9', 'has no credit of ours left: nothing is sent')],
  ['10', throttled],
  ['11', say('11', 'does not serve our account by its SMS API')],
  ['12', say('12', 'finds our text too long')],
  ['13', unavailable()],
  ['14', say('14', 'wants signed requests from our account: have it accept VONAGE_API_SECRET')],
  ['15', say('15', 'does not let us send under this name to some country: check VONAGE_FROM')],
  ['22', unavailable()],
  ['23', say('23', 'does not take our address for receipts: check PUBLIC_URL')],
  ['29', say('29', 'holds our account in demo mode: it sends to listed numbers only')],
  ['32', say('32', 'wants signed requests from our account: have it accept VONAGE_API_SECRET')],
  ['33', refused('unreachable')],
]);

/** Of a status that is not documented nobody knows what became of the message. */
const meaningOfStatus = (status: string): Meaning => ERRORS.get(status) ?? unknown;

/** The status is a string of digits: a number is not what the API says. */
const Part = z.object({
  status: z.string(),
  'message-id': z.string().min(1).max(64).optional().catch(undefined),
});
const Body = z.object({
  'message-count': z.string().regex(/^[0-9]{1,3}$/),
  messages: z.tuple([Part], Part),
});
const Balance = z.object({ value: z.number() });

/** Milliseconds the API takes as a text's life (Vonage, "SMS API", `ttl`): 20 seconds to a week. */
const LIFE = { least: 20_000, most: 604_800_000 };

/**
 * Texts by the SMS API of Vonage, formerly Nexmo. It makes no calls: Vonage's need an application
 * with keys of its own.
 */
export class VonageSender extends GatewaySender {
  readonly name = 'vonage';
  readonly channels = ['sms'] as const;
  private readonly base: string;

  constructor(
    private readonly settings: VonageSettings,
    context: GatewayContext,
  ) {
    super(context);
    this.base = withoutSlash(settings.VONAGE_URL);
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const secret = this.settings.VONAGE_SIGNATURE_SECRET;
    return secret ? readVonageReceipt(request, secret) : null;
  }

  protected requestFor({ to, text, ttl, reference, callbackUrl }: Message): GatewayRequest {
    const { settings } = this;
    const body = new URLSearchParams({
      api_key: settings.VONAGE_API_KEY,
      api_secret: settings.VONAGE_API_SECRET,
      from: settings.VONAGE_FROM,
      to: digitsOf(to),
      text,
      type: measureOf(text).foreign === undefined ? 'text' : 'unicode',
      ttl: `${within(LIFE.least, Math.ceil(ttl * 1000), LIFE.most)}`,
      'client-ref': reference,
    });
    if (callbackUrl !== undefined && settings.VONAGE_SIGNATURE_SECRET)
      body.set('callback', callbackUrl);
    const headers = { Accept: 'application/json' };
    return { url: `${this.base}/sms/json`, method: 'POST', headers, body };
  }

  /**
   * HTTP 200 whatever happened, with one entry for each message that a long text takes; one of
   * which only a part was taken may reach the person in part.
   */
  protected meaningOf({ status, body }: Answer): Meaning {
    if (status !== 200) return meaningOfHttp(status, meaningOfStatus('4'));
    const { data } = Body.safeParse(readJson(body));
    if (!data || Number(data['message-count']) !== data.messages.length) return unknown;
    const parts = data.messages;
    const [failed, ...more] = parts
      .filter((part) => part.status !== '0')
      .map((part) => meaningOfStatus(part.status));
    if (!failed) return sent(parts[0]['message-id'], parts.length);
    const meaning = meaningOfAll([failed, ...more]);
    return more.length + 1 === parts.length ? meaning : { ...unknown, alarm: meaning.alarm };
  }

  /** Reads the account's balance (Account API); one that is billed later may have none. */
  protected question() {
    const { VONAGE_API_KEY, VONAGE_API_SECRET } = this.settings;
    return {
      name: 'Vonage',
      credentials: 'VONAGE_API_KEY and VONAGE_API_SECRET',
      address: 'VONAGE_URL',
      request: {
        url: `${this.base}/account/get-balance`,
        headers: {
          Accept: 'application/json',
          Authorization: basic(VONAGE_API_KEY, VONAGE_API_SECRET),
        },
      },
      judge: ({ status, body }: Answer) =>
        status === 200 && Balance.safeParse(readJson(body)).success
          ? good('Vonage accepts our credentials.')
          : undefined,
    };
  }
}
