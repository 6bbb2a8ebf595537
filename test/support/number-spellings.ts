import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { CountryCode, Examples } from 'libphonenumber-js/max';
import { formatPhoneNumber } from '../../src/common/phone/phone-number.js';
import { planOf } from '../../src/common/phone/numbering-plan.js';
import { canGetText, phoneLibrary, validNumber } from '../../src/common/phone/phone-library.js';

const load = createRequire(import.meta.url);
const examples = load('libphonenumber-js/examples.mobile.json') as Examples;

/**
 * Mobile numbers of a country, E.164: libphonenumber's example, and random ones near it that its
 * pattern of mobiles takes.
 */
export function mobilesOfPattern(country: string, random: number): string[] {
  const { callingCode } = planOf(country);
  const example = examples[country as CountryCode];
  const found = new Set([`+${callingCode}${example}`]);
  for (let turn = 0; found.size <= random && turn < 20 * random; turn += 1) {
    const kept = turn % (example.length - 1);
    const digits = Array.from({ length: example.length - kept }, (_, at) =>
      digit(`${country} ${turn} ${at}`),
    );
    const number = `+${callingCode}${example.slice(0, kept)}${digits.join('')}`;
    const valid = validNumber(number);
    if (valid && canGetText(valid)) found.add(number);
  }
  return [...found];
}

/** The same for the same seed, on every machine. */
const digit = (seed: string): number =>
  createHash('sha256').update(seed).digest().readUInt32BE() % 10;

/** How people may write a number of their country, that country being chosen. */
export function spellingsOf(e164: string, country: string): Record<string, string> {
  const { callingCode: code, trunk } = planOf(country);
  const national = e164.slice(1 + code.length);
  const international = formatPhoneNumber(e164);
  return {
    international: international,
    'international, no blanks': e164,
    'in Arabic digits': e164.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    'with 00': `00 ${international.slice(1)}`,
    'with 011': `011 ${international.slice(1)}`,
    'with + and 00': `+00${e164.slice(1)}`,
    'with the country’s own international prefix': `${ABROAD[country] ?? ''}${e164.slice(1)}`,
    'a tel: link': `tel:${international.replaceAll(' ', '-')}`,
    'the code without +': e164.slice(1),
    'the code without +, and the trunk prefix': `${code} ${trunk}${national}`,
    'the trunk prefix behind the code': `+${code} ${trunk}${national}`,
    '(0) behind the code': `+${code} (0)${national}`,
    '0 and the code': `0${e164.slice(1)}`,
    'national, as it is written there':
      phoneLibrary().parsePhoneNumberFromString(e164)?.formatNational() ?? '',
    'national, no trunk prefix': national,
    'national, with a 0': `0${national}`,
  };
}

/** Where it is neither 00 nor 011, one of those that libphonenumber's patterns take. */
const ABROAD: Readonly<Record<string, string>> = {
  AU: '0011',
  BR: '0021',
  BY: '810',
  CC: '0011',
  CL: '1230',
  CO: '009',
  CU: '119',
  CX: '0011',
  FI: '990',
  GY: '001',
  HK: '001',
  ID: '008',
  IL: '012',
  JP: '010',
  KE: '000',
  KH: '001',
  KR: '002',
  KZ: '810',
  MN: '001',
  NG: '009',
  RU: '810',
  SG: '001',
  TH: '001',
  TJ: '810',
  TM: '810',
  TW: '002',
  TZ: '000',
  UG: '000',
};
