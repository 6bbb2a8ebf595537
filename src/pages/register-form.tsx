import type { FastifyRequest } from 'fastify';
import type { BotTask } from '../bot-check/bot-check.js';
import { countryList } from '../common/countries.js';
import type { Settings } from '../config/settings.js';
import { passwordHelp } from '../users/password-rules.js';
import type { Draft } from './draft-cookie.js';
import { numberWithCountry } from './number-with-country.js';
import { firstCountry, shownCountry } from './shown-country.js';
import type { FieldErrors } from './views/field-errors.js';
import type { PageMessage } from './views/message.js';
import { RegisterPage } from './views/register.page.js';

interface RegisterFormProps {
  /** What was typed; null for a form that nobody filled in yet. */
  values: Draft | null;
  errors?: FieldErrors;
  /** E.164 numbers that what was typed may mean. */
  choices?: readonly string[];
  botTask?: BotTask | null;
  message?: PageMessage | undefined;
  request: FastifyRequest;
  settings: Settings;
}

/** The language of the pages, and of the names in them. */
const LANGUAGE = 'en';

/** The registration form with this installation's countries and password rules. */
export function RegisterForm({ values, errors = {}, choices = [], botTask, message, request, settings }: RegisterFormProps) {
  const country = values ? shownCountry(values) : firstCountry(settings, request.headers['accept-language']);
  const { username, phone_number, full_name } = values ?? { username: '', phone_number: '', full_name: '' };
  return (
    <RegisterPage
      values={{ username, phone_number, full_name, country_code: country }}
      errors={errors}
      message={message}
      countries={countryList(LANGUAGE, settings)}
      numbers={choices.map((value) => ({ value, label: numberWithCountry(value) }))}
      help={passwordHelp}
      botTask={botTask}
    />
  );
}
