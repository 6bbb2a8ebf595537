import { regionOf } from '../../common/locale.js';
import {
  isCountry,
  planOf,
  planOfCallingCode,
  type NumberingPlan,
} from '../../common/phone/numbering-plan.js';
import { readNumber } from '../../common/phone/read-number.js';
import { isServedCountry } from '../../common/phone/served.js';
import type { Settings } from '../../config/settings.js';
import type { Draft } from './draft-cookie.js';

type Typed = Pick<Draft, 'country_code' | 'phone_number'>;

/**
 * Where the list of countries starts: at the operator's default, else at the region of the
 * browser's language, else nowhere.
 */
export function firstCountry(settings: Settings, acceptLanguage: string | undefined): string {
  if (settings.defaultCountry !== null) return settings.defaultCountry;
  const region = regionOf(acceptLanguage) ?? '';
  return isCountry(region) && isServedCountry(region, settings) ? region : '';
}

/**
 * Which country the list shows beside a number as typed: that of a number that decides by itself,
 * unless the chosen one shares its code; else the chosen one, of which older pages knew the calling
 * code only.
 */
export function shownCountry(typed: Typed): string {
  const plan = planOfChoice(typed);
  const read = readNumber(typed.phone_number, plan);
  const taken = read.is === 'number' ? planOf(read.number.country) : plan;
  return (taken?.callingCode === plan?.callingCode ? plan?.country : taken?.country) ?? '';
}

/**
 * The number that was chosen among the readings of what was typed, where it is one of them; else
 * what was typed.
 */
export function meantNumber(typed: Typed, choice: string): string {
  const read = readNumber(typed.phone_number, planOfChoice(typed));
  return read.is === 'ambiguous' && read.numbers.some(({ e164 }) => e164 === choice)
    ? choice
    : typed.phone_number;
}

const planOfChoice = ({ country_code: chosen }: Typed): NumberingPlan | undefined =>
  isCountry(chosen) ? planOf(chosen) : planOfCallingCode(chosen.replace(/^\+/, ''));
