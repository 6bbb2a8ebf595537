import type { CountryCode, PhoneNumber as ParsedNumber, PhoneNumberType } from 'libphonenumber-js/max';
import { AppError } from './app-error.js';
import { toAsciiDigits } from './decimal-digit.js';
import { normalForm } from './normal-form.js';
import { normalizePhoneInput } from './phone-input.js';
import { countriesByCallingCode, phoneLibrary } from './phone-metadata.js';
import { isTooLong } from './text-limits.js';

/** A number that can receive a code. */
export interface PhoneNumber {
  /** `+`, calling code, national number: `+14155550100`. */
  e164: string;
  /** Calling code, such as 1 or 91. */
  countryCode: number;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export interface PhoneNumberOptions {
  /** Calling code the person chose (91, '91', '+91'); empty or missing when none was. */
  countryCode?: number | string;
  /** ISO 3166-1 alpha-2; the country of a national number for which no code was chosen. */
  defaultCountry?: string;
  /** ISO 3166-1 alpha-2 codes; all when missing. */
  allowedCountries?: readonly string[] | 'all';
  /** Beginnings of E.164 numbers that are refused whatever their country. */
  deniedPrefixes?: readonly string[];
}

/**
 * Only these receive text messages. Refused besides what costs the caller or nobody carries about (premium-rate, shared-cost,
 * toll-free, pager, UAN, voicemail, personal): fixed lines, and VoIP, which proves no device (NIST SP 800-63B-3, 5.1.3.1) and
 * is rented by the thousand. The reserved numbers 555-0100 to -0199 of North America are of type fixed-or-mobile, and pass.
 */
const ALLOWED_TYPES: readonly PhoneNumberType[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/**
 * Reads a number as people write it: international, or national with a chosen calling code or a default country. Dialling
 * prefixes such as 00 and 011 are not guessed. Throws `validation_failed` at `phone_number` (`required`, `invalid`,
 * `unsupported_type`, `unsupported_country`) or at `country_code` (`required`, `invalid`, `contradiction`).
 */
export function parsePhoneNumber(input: string, options: PhoneNumberOptions = {}): PhoneNumber {
  if (input.trim() === '') throw refused('required', 'This field is required.');
  const chosen = chosenCallingCode(options.countryCode);
  const plain = normalizePhoneInput(input);
  if (plain === null) throw invalid();
  const parsed = plain.startsWith('+') ? readInternational(plain, chosen) : readNational(plain, chosen, options.defaultCountry);
  if (!parsed?.isValid()) throw invalid();
  return { e164: parsed.number, countryCode: Number(parsed.countryCallingCode), country: reachableCountry(parsed, options) };
}

/**
 * The E.164 form of a number as people write it, whatever may be sent to it today: for finding what was stored under other rules.
 * Undefined for what cannot be read.
 */
export function readPhoneNumber(input: string, defaultCountry?: string): string | undefined {
  const plain = normalizePhoneInput(input);
  if (plain === null) return undefined;
  const callingCode = defaultCountry && callingCodeOfCountry(defaultCountry);
  const options = plain.startsWith('+') || !callingCode ? {} : { defaultCallingCode: callingCode };
  return phoneLibrary().parsePhoneNumberFromString(plain, { ...options, extract: false })?.number;
}

function chosenCallingCode(countryCode: number | string | undefined): string | undefined {
  const typed = String(countryCode ?? '');
  const text = isTooLong(typed, 'countryCode') ? null : typed.trim();
  if (text === '') return undefined;
  const plain = text && toAsciiDigits(normalForm(text, 'NFKC')).replace(/^\+/, '');
  if (plain === null || !countriesByCallingCode().some(([code]) => code === plain)) {
    throw AppError.invalid({ field: 'country_code', code: 'invalid', detail: 'Choose a country code from the list.' });
  }
  return plain;
}

function readInternational(plain: string, chosen: string | undefined): ParsedNumber | undefined {
  const parsed = phoneLibrary().parsePhoneNumberFromString(plain, { extract: false });
  if (parsed && chosen !== undefined && parsed.countryCallingCode !== chosen) {
    const detail = `The phone number begins with +${parsed.countryCallingCode}, which is not the country code chosen here.`;
    throw AppError.invalid({ field: 'country_code', code: 'contradiction', detail });
  }
  return parsed;
}

function readNational(plain: string, chosen: string | undefined, defaultCountry: string | undefined): ParsedNumber | undefined {
  const callingCode = chosen ?? (defaultCountry && callingCodeOfCountry(defaultCountry));
  if (!callingCode) {
    const detail = 'Choose a country code, or begin the phone number with + and its country code.';
    throw AppError.invalid({ field: 'country_code', code: 'required', detail });
  }
  return phoneLibrary().parsePhoneNumberFromString(plain, { defaultCallingCode: callingCode, extract: false });
}

function callingCodeOfCountry(country: string): string | undefined {
  return countriesByCallingCode().find(([, countries]) => countries.includes(country))?.[0];
}

/** Numbers of no country (satellite and "international network" codes such as +881, +883) are never allowed: they cost most. */
function reachableCountry(
  parsed: ParsedNumber,
  { allowedCountries = 'all', deniedPrefixes = [] }: PhoneNumberOptions,
): string {
  const type = parsed.getType();
  const isAllowed = (country: CountryCode) => allowedCountries === 'all' || allowedCountries.includes(country);
  const isDenied = deniedPrefixes.some((prefix) => parsed.number.startsWith(prefix));
  if (parsed.country === undefined || !isAllowed(parsed.country) || isDenied) {
    throw refused('unsupported_country', 'We cannot send codes to numbers of this country.');
  }
  if (type === undefined || !ALLOWED_TYPES.includes(type)) {
    throw refused('unsupported_type', 'We cannot send codes to this kind of number. Enter a mobile number.');
  }
  return parsed.country;
}

const invalid = () => refused('invalid', 'Enter a valid phone number.');

const refused = (code: string, detail: string) => AppError.invalid({ field: 'phone_number', code, detail });

/** Loads the metadata before the first request needs it, so that nobody waits for it. */
export function warmPhoneMetadata(): void {
  phoneLibrary();
}

/** ITU-T E.164 assigned codes: 1 and 7, these of two digits, all others have three. No code begins another one. */
const CALLING_CODE = /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3})/;

/** Calling code of an E.164 number; 0 when it is none. */
export function callingCodeOf(e164: string): number {
  return Number(CALLING_CODE.exec(e164)?.[1] ?? 0);
}

/** An E.164 number without its calling code, leading zeros kept; empty when it is no E.164 number. */
export function nationalNumberOf(e164: string): string {
  const prefix = CALLING_CODE.exec(e164)?.[0];
  return prefix === undefined ? '' : e164.slice(prefix.length);
}

/** An E.164 number without its last four digits: the block that one operator, or one fraudster, holds. */
export function prefixOf(e164: string): string {
  return e164.slice(0, -4);
}

/** ISO 3166-1 alpha-2 code of the number's country, where it has one. */
export function countryOf(e164: string): string | undefined {
  return phoneLibrary().parsePhoneNumberFromString(e164)?.country;
}

/** The number as its country writes it for callers from abroad (`+1 415 555 0100`). For its owner's eyes only. */
export function formatPhoneNumber(e164: string): string {
  return phoneLibrary().parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/**
 * A number for other eyes: `+91 ••••• •3210`. Always six bullets, so that the length says nothing; the last two digits only
 * where four would be most of the number (Saint Helena has five). Never throws: what is no number comes out as bullets.
 */
export function maskPhoneNumber(e164: string): string {
  const national = nationalNumberOf(e164);
  if (!/^[0-9]{4,}$/.test(national)) return '••••• •••••';
  const shown = national.length < 7 ? `••${national.slice(-2)}` : national.slice(-4);
  return `+${callingCodeOf(e164)} ••••• •${shown}`;
}
