import type { BotTask } from '../../bot-check/bot-check.js';
import { BotCheckPart } from '../views/bot-check.js';
import {
  errorsBesideNoField,
  type FieldErrors,
  firstRefused,
  hasErrors,
} from '../views/field-errors.js';
import { TextField } from '../views/field.js';
import { FormErrors } from '../views/form-errors.js';
import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';
import { PasswordField } from '../views/password-field.js';
import { PhoneRow, type PhoneRowProps } from '../views/phone-row.js';
import { UsernameField } from '../views/username-field.js';

export interface RegisterPageProps extends PhoneRowProps {
  /** What was typed. */
  values: PhoneRowProps['values'] & Readonly<Record<'username' | 'full_name', string>>;
  errors: FieldErrors;
  /** What a good password is, one sentence each. */
  help: readonly string[];
  /** What this client has to do first; nothing when missing. */
  botTask?: BotTask | null | undefined;
  message?: PageMessage | undefined;
}

const FIELDS = ['username', 'full_name', 'country_code', 'phone_number', 'password1', 'password2'];

export function RegisterPage({
  values,
  errors,
  countries,
  numbers,
  help,
  botTask,
  message,
}: RegisterPageProps) {
  const refused = firstRefused(FIELDS, errors);
  const at = (name: string) => ({ name, errors: errors[name], focus: name === refused });
  return (
    <Layout title="Register" message={message} refused={hasErrors(errors)} here="/register/">
      <section class="card card-wide">
        <h1>Create your account</h1>
        <p class="intro">
          We will send a one-time password to your phone to confirm that it is yours.
        </p>
        <FormErrors sentences={errorsBesideNoField(FIELDS, errors)} />
        <form method="post" action="/register/" novalidate>
          <UsernameField
            {...at('username')}
            value={values.username}
            help={['Letters, digits and @ . + - _ only.']}
          />
          <TextField
            {...at('full_name')}
            label="Full name"
            optional
            value={values.full_name}
            autocomplete="name"
          />
          <PhoneRow {...{ values, countries, numbers, errors, refused }} />
          <PasswordField
            {...at('password1')}
            label="Password"
            autocomplete="new-password"
            help={help}
          />
          <PasswordField {...at('password2')} label="Password again" autocomplete="new-password" />
          {botTask && <BotCheckPart task={botTask} />}
          <button class="button button-block" type="submit">
            Register
          </button>
        </form>
        <p class="aside">
          Already registered? <a href="/login/">Log in</a>
        </p>
      </section>
    </Layout>
  );
}
