import type { CheckResult, RefusalReason, StartResult } from './verification-provider.js';

/** What a refusal of the Authy API means to us. */
interface Meaning {
  start: StartResult;
  check: CheckResult['outcome'];
  /** One sentence for the operator, when nobody else can help. Names no key, code or number. */
  alarm?: string;
}

const unavailable: Meaning = { start: { outcome: 'unavailable' }, check: 'unknown' };
const throttled: Meaning = { start: { outcome: 'throttled' }, check: 'not_compared' };
const refused = (reason: RefusalReason): Meaning => ({
  start: { outcome: 'refused', reason },
  check: 'unknown',
});

/** The error codes of the Phone Verification API v1 (Twilio, "Authy Return and Error Codes"). */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['60000', unavailable],
  [
    '60001',
    {
      start: { outcome: 'unavailable' },
      check: 'not_compared',
      alarm:
        'The verification provider does not accept our API key (60001): check AUTHY_KEY and AUTHY_URL.',
    },
  ],
  ['60002', unavailable],
  ['60003', throttled],
  ['60004', unavailable],
  ['60005', unavailable],
  ['60021', unavailable],
  ['60022', { start: { outcome: 'unavailable' }, check: 'wrong' }],
  ['60023', { start: { outcome: 'unavailable' }, check: 'gone' }],
  ['60033', refused('invalid_number')],
  ['60042', unavailable],
  [
    '60060',
    {
      ...unavailable,
      alarm:
        'The verification provider has suspended our account (60060): no code is sent or checked.',
    },
  ],
  ['60078', refused('unsupported_country')],
  ['60082', refused('landline')],
  ['60083', refused('unreachable')],
]);

/**
 * The meaning of a refused request. The code decides, for 401 stands for a bad key as well as for a
 * wrong code; the status only helps where no known code came: a 429 was never processed, of
 * anything else we know nothing.
 */
export function meaningOf(status: number, errorCode: string | undefined): Meaning {
  const known = errorCode === undefined ? undefined : MEANINGS.get(errorCode);
  return known ?? (status === 429 ? throttled : unavailable);
}
