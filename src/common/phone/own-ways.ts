/**
 * What libphonenumber does not know of a country, or leaves to whoever asks. Numbers are national,
 * without a trunk prefix.
 */
export interface OwnWays {
  /** Spellings of a number, and what it is in E.164 behind the calling code. */
  spellings?: readonly (readonly [RegExp, string])[];
  /**
   * Spellings that libphonenumber takes and that are no numbers any more: only their `spellings`
   * count.
   */
  retired?: RegExp;
  /**
   * Numbers of old, and the sentence that says how it is now. An example number is put behind it.
   */
  old?: readonly [RegExp, string];
  /** How mobile numbers are made there, in few words. */
  hint?: string;
}

const AREAS_OF_ARGENTINA = /^9?(\d{10})$/;

/**
 * By country. Each entry names its source. What metadata has (prefixes, carriers, local numbers) is
 * not repeated here.
 */
export const OWN_WAYS: Readonly<Record<string, OwnWays>> = {
  // libphonenumber's FAQ, "Why are Argentinian mobile numbers hard": fixed and mobile are written
  // alike inside the country; for a sign-up by text, a number that is no mobile one as it stands is
  // meant with the 9. The 15 behind the area is metadata's.
  AR: {
    spellings: [
      [AREAS_OF_ARGENTINA, '9$1'],
      [/^9(\d{2,4}15\d{6,8})$/, '$1'],
    ],
    hint: '9 and the area code',
  },
  // IFT, Plan Técnico Fundamental de Numeración: since 3 August 2019 ten digits everywhere, without
  // 1, 01, 044 and 045.
  MX: { spellings: [[/^(?:1|01|044|045)(\d{10})$/, '$1']], hint: 'ten digits' },
  // ARCEP Gabon: a digit of the operator came before the old seven in November 2019; the old form
  // died on 6 April 2024.
  GA: {
    spellings: [
      [/^0?([256]\d{6})$/, '6$1'],
      [/^0?([47]\d{6})$/, '7$1'],
    ],
    retired: /^0?[2-7]\d{6}$/,
    old: [/^0?3\d{6}$/, 'Mobile numbers of Gabon begin with 062, 065, 066, 074 or 077 since 2019.'],
  },
  // ARTCI, 31 January 2021.
  CI: {
    old: [
      /^\d{8}$/,
      'Numbers of Côte d’Ivoire have ten digits since 2021: put 07 (Orange), 05 (MTN) or 01 (Moov) before the old eight.',
    ],
  },
  // ARCEP Benin, 30 November 2024.
  BJ: {
    old: [/^\d{8}$/, 'Numbers of Benin have ten digits since 2024: put 01 before the old eight.'],
  },
  // Ministry of Information and Communications, 15 September 2018: prefixes of four digits became
  // three.
  VN: {
    old: [
      /^1[2689]\d{8}$/,
      'Mobile numbers of Vietnam have ten digits with their 0 since 2018: 0120 became 070, 0168 became 038.',
    ],
  },
  // ANATEL, Resolução 553: the ninth digit, everywhere since 6 November 2016.
  BR: {
    old: [
      /^[1-9]{2}[689]\d{7}$/,
      'Mobile numbers of Brazil have nine digits behind the area since 2016: put 9 before the old eight.',
    ],
    hint: 'the area code and nine digits',
  },
  // ART Cameroon, 21 November 2014.
  CM: {
    old: [
      /^[79]\d{7}$/,
      'Mobile numbers of Cameroon begin with 6 since 2014: put 6 before the old eight digits.',
    ],
  },
  // CONATEL, 30 September 2012.
  EC: {
    old: [
      /^[5-9]\d{7}$/,
      'Mobile numbers of Ecuador have a 9 behind the 0 since 2012: 09 before the old eight digits.',
    ],
  },
  // ICTA, 1 September 2013.
  MU: {
    old: [
      /^[279]\d{6}$/,
      'Mobile numbers of Mauritius begin with 5 since 2013: put 5 before the old seven digits.',
    ],
  },
};
