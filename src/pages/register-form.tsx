import type { BotTask } from '../bot-check/bot-check.js';
import { callingCodes } from '../common/countries.js';
import type { Settings } from '../config/settings.js';
import { passwordHelp } from '../users/password-rules.js';
import type { Draft } from './draft-cookie.js';
import type { FieldErrors } from './views/field-errors.js';
import type { PageMessage } from './views/message.js';
import { RegisterPage } from './views/register.page.js';

interface RegisterFormProps {
  values?: Draft | null;
  errors?: FieldErrors;
  botTask?: BotTask | null;
  message?: PageMessage | undefined;
  settings: Settings;
}

/** The registration form with this installation's countries and password rules. */
export function RegisterForm({ values, errors = {}, botTask, message, settings }: RegisterFormProps) {
  const countries = callingCodes(settings.defaultCountry, settings.allowedCountries);
  const empty = { username: '', country_code: countries[0]?.value ?? '', phone_number: '', full_name: '' };
  return (
    <RegisterPage
      values={values ?? empty}
      errors={errors}
      message={message}
      countries={countries}
      help={passwordHelp}
      botTask={botTask}
    />
  );
}
