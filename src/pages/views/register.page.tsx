import type { BotTask } from '../../bot-check/bot-check.js';
import { BotCheckPart } from './bot-check.js';
import { ChoiceField } from './choice-field.js';
import { errorsBesideNoField, type FieldErrors, firstRefused, hasErrors } from './field-errors.js';
import { TextField } from './field.js';
import { FormErrors } from './form-errors.js';
import { Layout } from './layout.js';
import type { PageMessage } from './message.js';
import { PasswordField } from './password-field.js';
import { SelectField, type SelectOption } from './select-field.js';
import { UsernameField } from './username-field.js';

export interface RegisterPageProps {
  /** What was typed; `country_code` holds the two letters of the option to select, or nothing. */
  values: Readonly<Record<'username' | 'country_code' | 'phone_number' | 'full_name', string>>;
  errors: FieldErrors;
  /** Countries: two letters, and the name with the calling code. */
  countries: readonly SelectOption[];
  /** What the typed number may mean, where that is more than one. */
  numbers?: readonly SelectOption[];
  /** What a good password is, one sentence each. */
  help: readonly string[];
  /** What this client has to do first; nothing when missing. */
  botTask?: BotTask | null | undefined;
  message?: PageMessage | undefined;
}

const FIELDS = ['username', 'full_name', 'country_code', 'phone_number', 'password1', 'password2'];

export function RegisterPage({ values, errors, countries, numbers = [], help, botTask, message }: RegisterPageProps) {
  const refused = firstRefused(FIELDS, errors);
  const at = (name: string) => ({ name, errors: errors[name], focus: name === refused });
  return (
    <Layout title="Register" message={message} refused={hasErrors(errors)} here="/register/">
      <section class="card card-wide">
        <h1>Create your account</h1>
        <p class="intro">We will send a one-time password to your phone to confirm that it is yours.</p>
        <FormErrors sentences={errorsBesideNoField(FIELDS, errors)} />
        <form method="post" action="/register/" novalidate>
          <UsernameField {...at('username')} value={values.username} help={['Letters, digits and @ . + - _ only.']} />
          <TextField {...at('full_name')} label="Full name" optional value={values.full_name} autocomplete="name" />
          <div class="phone-row">
            <SelectField
              {...at('country_code')}
              label="Country"
              value={values.country_code}
              options={countries}
              placeholder="Choose your country"
              autocomplete="country"
            />
            <TextField
              {...at('phone_number')}
              label="Phone number"
              value={values.phone_number}
              autocomplete="tel"
              input={{ type: 'tel', inputMode: 'tel' }}
              help={['With + and the country code, or as you write it in the country chosen here.']}
            />
            {numbers.length > 0 && <ChoiceField name="phone_choice" label="Which number is yours?" options={numbers} />}
          </div>
          <PasswordField {...at('password1')} label="Password" autocomplete="new-password" help={help} />
          <PasswordField {...at('password2')} label="Password again" autocomplete="new-password" />
          {botTask && <BotCheckPart task={botTask} />}
          <button class="button button-block" type="submit">Register</button>
        </form>
        <p class="aside">Already registered? <a href="/login/">Log in</a></p>
      </section>
    </Layout>
  );
}
