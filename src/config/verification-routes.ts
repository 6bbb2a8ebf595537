import { isCountry } from '../common/phone/numbering-plan.js';

/** Providers in the order they are asked: those of some countries, and those of all others. */
export interface VerificationRoutes {
  /** By ISO country, two capital letters. */
  readonly routes: Readonly<Record<string, readonly string[]>>;
  readonly fallback: readonly string[];
}

/**
 * The providers for a country, in the order they are asked; the fallback's where it has no route or
 * none is known.
 */
export function routeFor(
  { routes, fallback }: VerificationRoutes,
  country: string | null,
): readonly string[] {
  return country !== null && Object.hasOwn(routes, country)
    ? (routes[country] ?? fallback)
    : fallback;
}

/** Every provider that some route names, once. */
export function namedProviders({ routes, fallback }: VerificationRoutes): readonly string[] {
  return [...new Set([...Object.values(routes).flat(), ...fallback])];
}

/** The names of all providers there are, and the one that `self` alone means. */
interface Providers {
  self: string;
  known: readonly string[];
}

/**
 * Reads `VERIFICATION_PROVIDER`. Blanks around a word don't count.
 * - `self` or `twilio-verify,self:twilio`: one list for the world, in the order the providers are
 * asked;
 * - `IN,PK=self:http,self:twilio;*=twilio-verify`: a list by country. Countries are two capital
 *   letters, each in one route; one route is for `*`, all the others.
 *
 * A provider is `authy`, `twilio-verify` or `self:SENDER`; `self` alone takes the sender that
 * `SMS_SENDER` names. Problems are sentences that name their part; with any of them the routes are
 * of no use.
 */
export function parseRoutes(
  text: string,
  providers: Providers,
): { routes: VerificationRoutes; problems: readonly string[] } {
  const isOneList = !/[=;]/.test(text);
  const parts = isOneList ? [text] : split(text, ';');
  const read = parts.map((part) => readRoute(part, isOneList ? `*=${part}` : part, providers));
  const byCountry = read.flatMap(({ countries, providers }) =>
    countries.map((country) => [country, providers] as const),
  );
  const { '*': fallback = [], ...routes } = Object.fromEntries(byCountry);
  const all = byCountry.map(([country]) => country);
  const problems = [
    ...read.flatMap((route) => route.problems),
    ...repeated(all).map((country) => `${country} has more than one route`),
    ...(all.includes('*') ? [] : ['no route for all other countries; add *=PROVIDERS']),
  ];
  return { routes: { routes, fallback }, problems };
}

interface Route {
  countries: readonly string[];
  providers: readonly string[];
  problems: readonly string[];
}

/** `written` is what the operator knows the route by. */
function readRoute(written: string, route: string, { self, known }: Providers): Route {
  const [left = '', right, ...more] = split(route, '=');
  if (right === undefined || more.length > 0) {
    return {
      countries: [],
      providers: [],
      problems: [`"${written}" is no route; write COUNTRIES=PROVIDERS, e.g. *=self`],
    };
  }
  const countries = split(left, ',');
  const names = split(right, ',').map((name) => (name === 'self' ? self : name));
  const problems = [
    ...countries
      .filter((word) => word !== '*' && !isCountry(word))
      .map((word) => `"${word}" is no country; ${COUNTRIES}`),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => `"${name}" is no provider; there are self, ${known.join(', ')}`),
    ...repeated(names).map((name) => `"${name}" stands twice`),
    ...(countries.length > 1 && countries.includes('*')
      ? ['* is all other countries and stands alone']
      : []),
  ];
  return {
    countries,
    providers: names.filter((name) => known.includes(name)),
    problems: problems.map((problem) => `in "${written}": ${problem}`),
  };
}

const COUNTRIES = 'write two capital letters, or * for all others';

const split = (text: string, separator: string): string[] =>
  text.split(separator).map((word) => word.trim());
const repeated = (words: readonly string[]): string[] => [
  ...new Set(words.filter((word, at) => words.indexOf(word) !== at)),
];
