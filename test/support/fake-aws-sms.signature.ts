import { createHash, createHmac } from 'node:crypto';

/** A request as far as its signature goes; header names in lower case. */
export interface Signed {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  /** Which of them are signed, in any order. */
  signedHeaders: readonly string[];
  body: string;
  region: string;
  service: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text, 'utf8').digest();

/**
 * The signature of a request without a query (AWS, "Create a signed AWS API request", Signature
 * Version 4): a canonical request, hashed into a string to sign, signed with a key made of secret,
 * day, region and service.
 */
export function signatureOf(
  { method, path, headers, signedHeaders, body, region, service }: Signed,
  secret: string,
): string {
  const names = [...signedHeaders].sort();
  const lines = names.map(
    (name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`,
  );
  const canonical = [method, path, '', lines.join(''), names.join(';'), sha256(body)].join('\n');

  const time = headers['x-amz-date'] ?? '';
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
}
