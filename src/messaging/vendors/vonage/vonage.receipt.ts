import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { isSameInConstantTime } from '../../../common/constant-time.js';
import { bounded } from '../../../common/text/bounded.js';
import {
  formFields,
  isRecent,
  jsonFields,
  queryFields,
  reasonWord,
  receiptOf,
  statusBy,
} from '../gateway-callback.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';

type Params = Readonly<Record<string, string>>;

/**
 * Vonage, "Delivery Receipts": accepted and buffered stand before delivered; rejected is a failure
 * of the carrier.
 */
const statusOf = statusBy({
  sent: ['accepted', 'buffered'],
  delivered: ['delivered'],
  expired: ['expired'],
  failed: ['failed', 'rejected'],
});

const JsonParams = z.record(
  bounded('callback'),
  z.union([bounded('callback'), z.number().transform(String)]),
);
const Fields = z.object({
  'client-ref': bounded('word').regex(/^[A-Za-z0-9_-]{22}$/),
  status: bounded('word'),
  'err-code': bounded('word').optional(),
});

/**
 * The receipt in a delivery callback, GET or POST, form or JSON: null when it is not signed with
 * the secret (method "SHA-256 HMAC"), empty when it is about a message that is not ours. The
 * address takes no part in the signature.
 */
export function readVonageReceipt(request: ReceiptRequest, secret: string): Receipt[] | null {
  const params = paramsOf(request);
  if (!params || !isGenuine(params, secret) || !isRecent(params['timestamp'] ?? '', request.now))
    return null;
  const { data } = Fields.safeParse(params);
  if (!data) return [];
  return [receiptOf(data['client-ref'], statusOf(data.status), reasonWord(data['err-code']))];
}

function paramsOf({ method, url, headers, body }: ReceiptRequest): Params | undefined {
  if (method !== 'GET' && (headers['content-type'] ?? '').includes('json'))
    return JsonParams.safeParse(jsonFields(body)).data;
  const fields = method === 'GET' ? queryFields(url) : formFields(body.toString('utf8'));
  return fields && Object.fromEntries(fields);
}

/**
 * Vonage, "Signing Messages": `&name=value` of all parameters but `sig`, by name, with `&` and `=`
 * in values made `_`.
 */
function isGenuine({ sig, ...params }: Params, secret: string): boolean {
  if (sig === undefined) return false;
  const names = Object.keys(params).sort();
  const signed = names
    .map((name) => `&${name}=${(params[name] ?? '').replace(/[&=]/g, '_')}`)
    .join('');
  return isSameInConstantTime(
    createHmac('sha256', secret).update(signed).digest('hex'),
    sig.toLowerCase(),
  );
}
