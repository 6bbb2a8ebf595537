import { createHmac } from 'node:crypto';
import { isSameInConstantTime } from './constant-time.js';

/**
 * Whether Twilio signed a callback: `X-Twilio-Signature` is the base64 of HMAC-SHA1 over the address and the form's fields,
 * sorted by name (Twilio, "Webhooks security"). The address may have been signed with or without its port.
 */
export function isSignedByTwilio(authToken: string, signature: string, url: string, form: URLSearchParams): boolean {
  const fields = fieldsOf(form);
  const sign = (address: string) => createHmac('sha1', authToken).update(address + fields).digest('base64');
  return spellingsOf(url).some((address) => isSameInConstantTime(sign(address), signature));
}

function fieldsOf(form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  const values = (name: string) => [...new Set(form.getAll(name))].sort();
  return names.flatMap((name) => values(name).map((value) => name + value)).join('');
}

const ADDRESS = /^(https?:\/\/)(\[[^\]]*\]|[^:/?#]*)(:\d+)?(.*)$/s;

function spellingsOf(url: string): string[] {
  const [, scheme = '', host = '', port, rest = ''] = ADDRESS.exec(url) ?? [];
  const ownPort = scheme === 'https://' ? ':443' : ':80';
  return [scheme + host + rest, scheme + host + (port ?? ownPort) + rest];
}
