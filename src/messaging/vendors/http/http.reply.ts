import type { GatewayRefusal, HttpGateway } from '../../../common/http-gateway/http-gateway.js';
import { valueAt } from '../../../common/errors/json-pointer.js';
import type { Exchange } from '../bounded-fetch.js';
import {
  meaningOfHttp,
  refused,
  throttled,
  unavailable,
  unknown,
  withWait,
  type Meaning,
} from '../gateway-meaning.js';
import { readJson } from '../gateway-reply.js';

/** What the operator can mend, by HTTP status. */
const badCredentials = unavailable(
  'The SMS gateway does not accept our credentials: check HTTP_SMS_HEADERS and HTTP_SMS_URL.',
);
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

/**
 * Reads a gateway's answer: first for a reason that it names, then its status, then for the words
 * of a success.
 */
export function readHttpReply(
  gateway: HttpGateway,
  answer: Extract<Exchange, { outcome: 'answered' }>,
): Meaning {
  const { status, headers, body } = answer;
  const json = readJson(body);
  const isTaken = status >= 200 && status < 300;
  const meaning =
    reasonIn(json, gateway) ?? (isTaken ? successIn(json, gateway) : meaningOfRefusal(status));
  return withWait(meaning, headers);
}

function reasonIn(json: unknown, { reasons }: HttpGateway): Meaning | undefined {
  const word = reasons && wordAt(json, reasons.at);
  const refusal = word === undefined ? undefined : reasons?.means.get(word);
  return refusal && meaningOf(refusal);
}

function meaningOf(refusal: GatewayRefusal): Meaning {
  if (refusal === 'throttled') return throttled;
  return refusal === 'unavailable' ? unavailable() : refused(refusal);
}

const meaningOfRefusal = (status: number): Meaning =>
  ALARMS.get(status) ?? meaningOfHttp(status, badCredentials);

/**
 * Only the exact opposite of a wanted true or false is a no: another word may be another way to say
 * yes.
 */
function successIn(json: unknown, { success, id }: HttpGateway): Meaning {
  const sent: Meaning = { result: { outcome: 'sent', reference: id && referenceAt(json, id) } };
  if (success === undefined) return sent;
  const value = valueAt(json, success.at);
  if (isWanted(value, success)) return sent;
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
