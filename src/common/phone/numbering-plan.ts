import { createRequire } from 'node:module';
import type { MetadataJson } from 'libphonenumber-js';

const load = createRequire(import.meta.url);

/** How numbers are dialled in a country, as libphonenumber knows it. */
export interface NumberingPlan {
  /** ISO 3166-1 alpha-2. */
  country: string;
  callingCode: string;
  /** What is dialled there before a number of another country, at the beginning of a text. */
  abroad: RegExp;
  /**
   * What is dialled there before a number of another place of the country; empty when nothing is.
   */
  trunk: string;
  /** Trunk prefix and carrier codes at the beginning of a text; or the whole of a local number. */
  prefix: RegExp | null;
  /**
   * What a match of `prefix` that has a group becomes: `268$1` puts the area before a local number.
   */
  rewrite: string | null;
}

/** A row of the metadata. Its order is told in METADATA.md of libphonenumber-js. */
type Row = readonly [
  callingCode: string,
  abroad: string,
  pattern: string,
  lengths: readonly number[],
  formats: unknown,
  trunk: string | 0 | undefined,
  formattingRule: unknown,
  prefix: string | 0 | undefined,
  rewrite: string | 0 | undefined,
];

const plans = new Map<string, NumberingPlan>();

/** The plan of a country (ISO 3166-1, two capital letters) that there is. */
export function planOf(country: string): NumberingPlan {
  const plan = plans.get(country) ?? made(country);
  plans.set(country, plan);
  return plan;
}

/**
 * The plan of a calling code: of its main country, where several share it. Undefined where no
 * country has the code.
 */
export function planOfCallingCode(callingCode: string): NumberingPlan | undefined {
  const [main] = countriesSharing(callingCode);
  return main === undefined ? undefined : planOf(main);
}

/** ISO codes of the countries with this calling code, the main one first. */
export const countriesSharing = (callingCode: string): readonly string[] =>
  metadata().country_calling_codes[callingCode] ?? [];

/** ISO codes of all countries and territories. */
export const allCountries = (): string[] => Object.values(metadata().country_calling_codes).flat();

/**
 * Whether numbers of this country (ISO 3166-1, two capital letters) can be told. Reads the smallest
 * metadata, for a quick start.
 */
export function isCountry(code: string): boolean {
  const { countries } = load('libphonenumber-js/metadata.min.json') as MetadataJson;
  return /^[A-Z]{2}$/.test(code) && Object.hasOwn(countries, code);
}

/** Geographic calling codes only. */
const metadata = () => load('libphonenumber-js/metadata.max.json') as MetadataJson;

function made(country: string): NumberingPlan {
  const { countries } = metadata();
  const [callingCode, abroad, , , , trunk, , prefix, rewrite] = (
    countries as Record<string, unknown>
  )[country] as Row;
  const start = prefix || trunk;
  return {
    country,
    callingCode,
    abroad: new RegExp(`^(?:${abroad})`),
    trunk: trunk || '',
    prefix: start ? new RegExp(`^(?:${start})`) : null,
    rewrite: rewrite || null,
  };
}
