import { z } from 'zod';
import {
  meaningOfHttp,
  readJson,
  refused,
  sent,
  throttled,
  unavailable,
  type Answer,
  type Meaning,
} from '../gateway-answer.js';
import { formFields, referenceOf } from '../gateway-callback.js';
import { bad, good } from '../gateway-probe.js';
import {
  basic,
  GatewaySender,
  within,
  withoutSlash,
  type GatewayContext,
  type GatewayRequest,
} from '../gateway-sender.js';
import type { Message, Probe, Receipt, ReceiptRequest } from '../sms-sender.js';
import { isSignedByTwilio, twilioReceipt } from './twilio.receipt.js';
import type { TwilioSettings } from './twilio.vendor.js';
import { twimlOf } from './twilio.voice.js';

const badCredentials = unavailable(
  'Twilio does not accept our credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
);
const account = unavailable('Twilio says that our account is not active: no message is sent.');
const sender = unavailable(
  'Twilio cannot send from our number or messaging service: check TWILIO_FROM.',
);
const trial = unavailable('Twilio sends to verified numbers only, for our account is a trial one.');
const callback = unavailable('Twilio does not take our address for receipts: check PUBLIC_URL.');

/**
 * Codes of Twilio's "Error and Warning Dictionary" that the Messages and the Calls API answer with,
 * by what they mean to us.
 */
const MEANINGS: readonly (readonly [Meaning, readonly number[]])[] = [
  [refused('invalid_number'), [13223, 13224, 21201, 21211, 21217, 21265, 21266]],
  [refused('landline'), [21614, 21635, 30006]],
  [refused('unsupported_country'), [13227, 21215, 21408, 32205]],
  [refused('unreachable'), [21214, 21612, 30003, 30005]],
  [refused('opted_out'), [21610]],
  [refused('blocked'), [21202, 21216, 21268, 30004, 30007, 30450]],
  [throttled, [10004, 14107, 20429, 21611, 30001, 30022, 63038]],
  [badCredentials, [20003, 20008, 20404]],
  [account, [10001, 20005, 30002]],
  [sender, [21210, 21212, 21213, 21603, 21606, 21659, 21660, 21661, 21703, 21704, 21705, 30034]],
  [trial, [21219, 21267, 21608]],
  [callback, [21609]],
];

const meaningOfCode = (code: number | undefined): Meaning | undefined =>
  code === undefined ? undefined : MEANINGS.find(([, codes]) => codes.includes(code))?.[0];

/**
 * Every field may be missing, null or of a wrong type. A refusal has `code`, a message that failed
 * at once `error_code`.
 */
const Body = z.object({
  sid: z.string().optional().catch(undefined),
  num_segments: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  code: z.int().optional().catch(undefined),
  error_code: z.int().nullish().catch(undefined),
});
const Account = z.object({ status: z.string(), type: z.string().optional().catch(undefined) });

const MESSAGE = /^(SM|MM)[0-9a-f]{32}$/i;
const CALL = /^CA[0-9a-f]{32}$/i;

/**
 * How long a message may wait at Twilio, in seconds: at least (error 30012), at most (Messages API,
 * ValidityPeriod).
 */
const VALIDITY = { least: 5, most: 36_000 };

/** Texts and calls by Twilio's Messages and Calls API (2010-04-01). */
export class TwilioSender extends GatewaySender {
  readonly name = 'twilio';
  readonly channels: readonly Message['channel'][];
  private readonly account: string;
  private readonly caller: string | undefined;

  constructor(
    private readonly settings: TwilioSettings,
    context: GatewayContext,
  ) {
    super(context);
    const { TWILIO_URL, TWILIO_ACCOUNT_SID, TWILIO_CALL_FROM, TWILIO_FROM } = settings;
    this.account = `${withoutSlash(TWILIO_URL)}/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}`;
    this.caller = [TWILIO_CALL_FROM, TWILIO_FROM].find((number) => number?.startsWith('+'));
    this.channels = this.caller === undefined ? ['sms'] : ['sms', 'call'];
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const form = formFields(request.body.toString('utf8'));
    const signature = request.headers['x-twilio-signature'] ?? '';
    if (!form || !isSignedByTwilio(this.settings.TWILIO_AUTH_TOKEN, signature, request.url, form))
      return null;
    const reference = referenceOf(request);
    return reference === undefined ? [] : [twilioReceipt(reference, form)];
  }

  protected requestFor(message: Message): GatewayRequest {
    const isCall = message.channel === 'call';
    const body = new URLSearchParams(isCall ? this.callOf(message) : this.textOf(message));
    // PUBLIC_URL is http on loopback alone, and Twilio refuses such an address (21609).
    if (message.callbackUrl?.startsWith('https:')) body.set('StatusCallback', message.callbackUrl);
    return this.request(isCall ? '/Calls.json' : '/Messages.json', { method: 'POST', body });
  }

  /** Sent is what got a 201, an id of its kind and no error code. */
  protected meaningOf({ status, body }: Answer, { channel }: Message): Meaning {
    const { sid = '', num_segments, ...codes } = Body.safeParse(readJson(body)).data ?? {};
    const code = codes.code ?? codes.error_code ?? undefined;
    const isOurs = (channel === 'call' ? CALL : MESSAGE).test(sid);
    if (status === 201 && code === undefined && isOurs) return sent(sid, num_segments);
    return meaningOfCode(code) ?? meaningOfHttp(status, badCredentials);
  }

  /** Reads the account. */
  protected question() {
    return {
      name: 'Twilio',
      credentials: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
      address: 'TWILIO_URL',
      request: this.request('.json', {}),
      judge: judgeAccount,
    };
  }

  private textOf({ to, text, ttl }: Message): Record<string, string> {
    const from = this.settings.TWILIO_FROM;
    return {
      To: to,
      [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
      Body: text,
      ValidityPeriod: `${within(VALIDITY.least, Math.floor(ttl), VALIDITY.most)}`,
    };
  }

  private callOf(message: Message): Record<string, string> {
    return { To: message.to, From: this.caller ?? '', Twiml: twimlOf(message) };
  }

  private request(path: string, request: Omit<GatewayRequest, 'url'>): GatewayRequest {
    const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = this.settings;
    const headers = {
      Authorization: basic(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN),
      Accept: 'application/json',
    };
    return { url: this.account + path, headers, ...request };
  }
}

function judgeAccount({ status, body }: Answer): Probe | undefined {
  const json = readJson(body);
  if (status !== 200) {
    const alarm = meaningOfCode(Body.safeParse(json).data?.code)?.alarm;
    return alarm === undefined ? undefined : bad(alarm);
  }
  const { data } = Account.safeParse(json);
  if (!data) return undefined;
  if (data.status !== 'active')
    return bad('Twilio accepts our credentials, but the account is not active.');
  const limits =
    data.type === 'Trial' ? ' It is a trial account: it sends to verified numbers only.' : '';
  return good(`Twilio accepts our credentials.${limits}`);
}
