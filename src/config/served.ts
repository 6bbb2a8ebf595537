import type { Served } from '../common/phone/served.js';
import type { Settings } from './settings.js';

/** Where codes may go in this installation. */
export const servedBy = ({
  allowedCountries,
  deniedCountries,
  prefixLimits,
}: Settings): Served => ({
  allowedCountries,
  deniedCountries,
  deniedPrefixes: prefixLimits.filter(({ most }) => most === 0).map(({ prefix }) => prefix),
});
