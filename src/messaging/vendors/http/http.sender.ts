import { valueAt } from '../../../common/errors/json-pointer.js';
import { countryOf } from '../../../common/phone/phone-number.js';
import {
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
  digitsOf,
  GatewaySender,
  type GatewayContext,
  type GatewayRequest,
} from '../gateway-sender.js';
import type { Message, Receipt, ReceiptRequest } from '../sms-sender.js';
import type { GatewayRefusal, HttpGateway, HttpGatewayEnvironment } from './http-gateway.js';
import { readHttpGateway } from './http-gateway.reader.js';
import { readHttpReceipt } from './http.receipt.js';
import { fill, isNamed, type Values } from './request-template.js';

const badCredentials = unavailable(
  'The SMS gateway does not accept our credentials: check HTTP_SMS_HEADERS and HTTP_SMS_URL.',
);
/** What the operator can mend, by HTTP status. */
const ALARMS: ReadonlyMap<number, Meaning> = new Map([
  [402, unavailable('The SMS gateway asks to be paid: no message is sent.')],
  [404, unavailable('The SMS gateway does not know the address we ask: check HTTP_SMS_URL.')],
  [405, unavailable('The SMS gateway does not take our kind of request: check HTTP_SMS_METHOD.')],
  [
    415,
    unavailable(
      'The SMS gateway does not take our kind of body: check Content-Type in HTTP_SMS_HEADERS.',
    ),
  ],
]);

const E164 = /^\+[1-9][0-9]{6,14}$/;

/**
 * Texts by any gateway that takes them over HTTP, as the settings tell its requests and answers.
 */
export class HttpSender extends GatewaySender {
  readonly name = 'http';
  readonly channels = ['sms'] as const;
  /** A gateway may word the message itself, around our `{code}`. */
  override readonly carriesText: boolean;
  /** Only where there is a secret to know them by. */
  override readonly receipts?: (request: ReceiptRequest) => Receipt[] | null;
  private readonly gateway: HttpGateway;

  constructor(settings: HttpGatewayEnvironment, context: GatewayContext) {
    super(context);
    this.gateway = readHttpGateway(settings).gateway;
    const { url, headers, body, receipts } = this.gateway;
    this.carriesText = isNamed([url, ...Object.values(headers), body?.template ?? ''], 'text');
    if (receipts) this.receipts = (request) => readHttpReceipt(request, receipts);
  }

  /** The gateway's templates, filled for one message. */
  protected requestFor(message: Message): GatewayRequest | Meaning {
    if (!E164.test(message.to)) return refused('invalid_number');
    const { url, method, headers, body } = this.gateway;
    const values = valuesOf(message);
    const filled = Object.entries(headers).map(
      ([name, template]) => [name, fill(template, values, 'header')] as const,
    );
    return {
      url: fill(url, values, 'url'),
      method,
      headers: Object.fromEntries(filled),
      body: body && fill(body.template, values, body.context ?? 'plain'),
    };
  }

  /** First a reason that the answer names, then its status, then the words of a success. */
  protected meaningOf({ status, body }: Answer): Meaning {
    const json = readJson(body);
    const reason = reasonIn(json, this.gateway);
    if (reason) return meaningOfReason(reason);
    if (status >= 200 && status < 300) return successIn(json, this.gateway);
    return ALARMS.get(status) ?? meaningOfHttp(status, badCredentials);
  }

  /**
   * Asks the gateway's host for its options, and nothing else: nobody knows which of its addresses
   * would send.
   */
  protected question() {
    const { origin, hostname } = new URL(this.gateway.url);
    return {
      name: hostname,
      credentials: 'HTTP_SMS_HEADERS',
      address: 'HTTP_SMS_URL',
      request: { url: origin, method: 'OPTIONS' as const },
      judge: () => good(`${hostname} answers; only a message shows whether it serves us.`),
    };
  }
}

const valuesOf = ({ to, text, code, locale, ttl, reference, callbackUrl }: Message): Values => ({
  to,
  to_digits: digitsOf(to),
  text,
  code,
  locale,
  ttl: `${Math.max(1, Math.floor(ttl))}`,
  reference,
  callback_url: callbackUrl ?? '',
  country: countryOf(to) ?? '',
});

function reasonIn(json: unknown, { reasons }: HttpGateway): GatewayRefusal | undefined {
  const word = reasons && wordAt(json, reasons.at);
  return word === undefined ? undefined : reasons?.means.get(word);
}

function meaningOfReason(reason: GatewayRefusal): Meaning {
  if (reason === 'throttled') return throttled;
  return reason === 'unavailable' ? unavailable() : refused(reason);
}

/**
 * Only the exact opposite of a wanted true or false is a no: another word may be another way to say
 * yes.
 */
function successIn(json: unknown, { success, id }: HttpGateway): Meaning {
  const taken = sent(id && referenceAt(json, id));
  if (success === undefined) return taken;
  const value = valueAt(json, success.at);
  if (isWanted(value, success)) return taken;
  return typeof value === 'boolean' && typeof success.is === 'boolean' ? unavailable() : unknown;
}

function isWanted(value: unknown, success: NonNullable<HttpGateway['success']>): boolean {
  if ('is' in success) return value === success.is;
  return value !== undefined && value !== null && value !== false && value !== '';
}

function referenceAt(json: unknown, pointer: string): string | undefined {
  const word = wordAt(json, pointer) ?? '';
  return /^[!-~]{1,64}$/.test(word) ? word : undefined;
}

function wordAt(json: unknown, pointer: string): string | undefined {
  const value = valueAt(json, pointer);
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
