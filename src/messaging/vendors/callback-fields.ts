import { parseJsonBody } from '../../common/text/json-body.js';

/** Fields of one callback: Twilio, which sends most, sends about 30. */
const MOST_FIELDS = 100;

/**
 * A form or a query that a gateway sent; undefined for more fields than any sends: what is signed
 * is sorted first.
 */
export function formFields(text: string): URLSearchParams | undefined {
  return text.split('&', MOST_FIELDS + 1).length > MOST_FIELDS
    ? undefined
    : new URLSearchParams(text);
}

/** The query of an address a gateway called. */
export const queryFields = (url: string): URLSearchParams | undefined =>
  formFields(/\?([^#]*)/.exec(url)?.[1] ?? '');

/**
 * A JSON body that a gateway sent; undefined for what is none, or has more in it than any sends.
 */
export function jsonFields(body: Buffer): unknown {
  try {
    return parseJsonBody(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
