import { callingCodes } from '../common/countries.js';
import { passwordHelp } from '../users/password-rules.js';
import type { Draft } from './draft-cookie.js';
import type { FieldErrors } from './views/field-errors.js';
import type { PageMessage } from './views/message.js';
import { RegisterPage } from './views/register.page.js';

interface RegisterFormProps {
  values?: Draft | null;
  errors?: FieldErrors;
  message?: PageMessage | undefined;
  defaultCountry: string;
}

/** The registration form with this installation's countries and password rules. */
export function RegisterForm({ values, errors = {}, message, defaultCountry }: RegisterFormProps) {
  const countries = callingCodes(defaultCountry);
  const empty = { username: '', country_code: countries[0]?.value ?? '', phone_number: '', full_name: '' };
  return <RegisterPage values={values ?? empty} errors={errors} message={message} countries={countries} help={passwordHelp} />;
}
