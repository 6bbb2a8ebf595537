import type { FastifyRequest } from 'fastify';
import { countryList } from '../common/phone/countries.js';
import type { Settings } from '../config/settings.js';
import type { Draft } from './register/draft-cookie.js';
import { numberWithCountry } from './register/number-with-country.js';
import { firstCountry, shownCountry } from './register/shown-country.js';
import type { PhoneRowProps } from './views/phone-row.js';

/** What a form for a phone number stands in. */
export interface PhoneForm {
  /** E.164 numbers that what was typed may mean. */
  choices?: readonly string[];
  request: FastifyRequest;
  settings: Settings;
}

/** The language of the pages, and of the names in them. */
const LANGUAGE = 'en';

/** A number as typed (null: not yet), beside this installation's countries and what it may mean. */
export function phoneChoices(
  typed: Pick<Draft, 'country_code' | 'phone_number'> | null,
  { choices = [], request, settings }: PhoneForm,
): PhoneRowProps {
  return {
    values: {
      country_code: typed
        ? shownCountry(typed)
        : firstCountry(settings, request.headers['accept-language']),
      phone_number: typed?.phone_number ?? '',
    },
    countries: countryList(LANGUAGE, settings),
    numbers: choices.map((value) => ({ value, label: numberWithCountry(value) })),
  };
}
