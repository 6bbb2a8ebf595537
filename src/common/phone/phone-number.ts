import { phoneLibrary } from './phone-library.js';

/** A number that can receive a code. */
export interface PhoneNumber {
  /** `+`, calling code, national number: `+14155550100`. */
  e164: string;
  /** Calling code, such as 1 or 91. */
  countryCode: number;
  /**
   * ISO 3166-1 alpha-2. Where several share their mobile numbers, the main one (docs/numbers.md).
   */
  country: string;
}

/**
 * ITU-T E.164 assigned codes: 1 and 7, these of two digits, all others have three. No code begins
 * another one.
 */
const CALLING_CODE = /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3})/;

/** Calling code of an E.164 number; 0 when it is none. */
export function callingCodeOf(e164: string): number {
  return Number(CALLING_CODE.exec(e164)?.[1] ?? 0);
}

/**
 * An E.164 number without its calling code, leading zeros kept; empty when it is no E.164 number.
 */
export function nationalNumberOf(e164: string): string {
  const prefix = CALLING_CODE.exec(e164)?.[0];
  return prefix === undefined ? '' : e164.slice(prefix.length);
}

/**
 * An E.164 number without its last four digits: the block that one operator, or one fraudster,
 * holds.
 */
export function prefixOf(e164: string): string {
  return e164.slice(0, -4);
}

/** ISO 3166-1 alpha-2 code of the number's country, where it has one. */
export function countryOf(e164: string): string | undefined {
  return phoneLibrary().parsePhoneNumberFromString(e164)?.country;
}

/**
 * The number as its country writes it for callers from abroad (`+1 415 555 0100`). For its owner's
 * eyes only.
 */
export function formatPhoneNumber(e164: string): string {
  return phoneLibrary().parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/**
 * A number for other eyes: `+91 ••••• •3210`. Always six bullets, so that the length says nothing;
 * the last two digits only where four would be most of the number (Saint Helena has five). Never
 * throws: what is no number comes out as bullets.
 */
export function maskPhoneNumber(e164: string): string {
  const national = nationalNumberOf(e164);
  if (!/^[0-9]{4,}$/.test(national)) return '••••• •••••';
  const shown = national.length < 7 ? `••${national.slice(-2)}` : national.slice(-4);
  return `+${callingCodeOf(e164)} ••••• •${shown}`;
}
