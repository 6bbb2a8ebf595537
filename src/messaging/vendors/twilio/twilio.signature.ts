import { createHmac } from 'node:crypto';
import { isSameInConstantTime } from '../constant-time.js';

/**
 * Whether Twilio signed a callback: `X-Twilio-Signature` is the base64 of HMAC-SHA1 over the
 * address and the form's fields, sorted by name (Twilio, "Webhooks security"). The address may have
 * been signed with or without its port.
 */
export function isSignedByTwilio(
  authToken: string,
  signature: string,
  url: string,
  form: URLSearchParams,
): boolean {
  const fields = fieldsOf(form);
  const sign = (address: string) =>
    createHmac('sha1', authToken)
      .update(address + fields)
      .digest('base64');
  return spellingsOf(url).some((address) => isSameInConstantTime(sign(address), signature));
}

function fieldsOf(form: URLSearchParams): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values.keys()]
    .sort()
    .flatMap((name) => [...(values.get(name) ?? [])].sort().map((value) => name + value))
    .join('');
}

const ADDRESS = /^(https?:\/\/)(\[[^\]]*\]|[^:/?#]*)(:\d+)?(.*)$/s;

function spellingsOf(url: string): string[] {
  const [, scheme = '', host = '', port, rest = ''] = ADDRESS.exec(url) ?? [];
  const ownPort = scheme === 'https://' ? ':443' : ':80';
  return [scheme + host + rest, scheme + host + (port ?? ownPort) + rest];
}
