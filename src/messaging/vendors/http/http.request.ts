import type { HttpGateway } from '../../../common/http-gateway/http-gateway.js';
import { countryOf } from '../../../common/phone/phone-number.js';
import { fill, type Values } from '../../../common/http-gateway/request-template.js';
import type { Message } from '../sms-sender.js';

/** A gateway's templates, filled for one message. */
export function requestFor(
  { url, method, headers, body }: HttpGateway,
  message: Message,
): { url: URL; init: RequestInit } {
  const values = valuesOf(message);
  const filled = Object.entries(headers).map(
    ([name, template]) => [name, fill(template, values, 'header')] as const,
  );
  return {
    url: new URL(fill(url, values, 'url')),
    init: {
      method,
      // A kept connection may be closed by the other side just when a text is written to it: then
      // nobody knows what was sent.
      headers: { ...Object.fromEntries(filled), Connection: 'close' },
      body: body && fill(body.template, values, body.context ?? 'plain'),
    },
  };
}

function valuesOf({ to, text, code, locale, ttl, reference, callbackUrl = '' }: Message): Values {
  return {
    to,
    to_digits: to.replace(/^\+/, ''),
    text,
    code,
    locale,
    ttl: `${Math.max(1, Math.floor(ttl))}`,
    reference,
    callback_url: callbackUrl,
    country: countryOf(to) ?? '',
  };
}
