import {
  errorsBesideNoField,
  type FieldErrors,
  firstRefused,
  hasErrors,
} from '../views/field-errors.js';
import { FormErrors } from '../views/form-errors.js';
import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';
import { PasswordField } from '../views/password-field.js';

export interface PasswordPageProps {
  /** Someone else chose the password: nothing else is open until it is changed. */
  forced: boolean;
  errors: FieldErrors;
  /** What a good password is, one sentence each. */
  help: readonly string[];
  username: string;
  /** The name in the header; the username when missing. */
  signedInAs?: string | undefined;
  message?: PageMessage | undefined;
}

const FIELDS = ['old_password', 'new_password1', 'new_password2'];

export function PasswordPage({
  forced,
  errors,
  help,
  username,
  signedInAs = username,
  message,
}: PasswordPageProps) {
  const refused = firstRefused(FIELDS, errors);
  const at = (name: string) => ({ name, errors: errors[name], focus: name === refused });
  const title = forced ? 'Choose a new password' : 'Change your password';
  return (
    <Layout
      title={title}
      message={message}
      signedInAs={signedInAs}
      locked={forced}
      refused={hasErrors(errors)}
    >
      <section class="card">
        <h1>{title}</h1>
        <p class="intro">
          {forced
            ? 'Your present password was chosen by someone else. Choose one that only you know to go on.'
            : 'You stay logged in here; every other browser and device is logged out.'}
        </p>
        <FormErrors sentences={errorsBesideNoField(FIELDS, errors)} />
        <form method="post" action="/password/" novalidate>
          {/* For password managers. Without a name of its own it is not submitted. */}
          <input
            type="text"
            id="username"
            value={username}
            autocomplete="username"
            readOnly
            hidden
          />
          <PasswordField
            {...at('old_password')}
            label="Present password"
            autocomplete="current-password"
          />
          <PasswordField
            {...at('new_password1')}
            label="New password"
            autocomplete="new-password"
            help={help}
          />
          <PasswordField
            {...at('new_password2')}
            label="New password again"
            autocomplete="new-password"
          />
          <button class="button button-block" type="submit">
            Save the new password
          </button>
        </form>
        {!forced && (
          <p class="aside">
            <a href="/dashboard/">Back to the dashboard</a>
          </p>
        )}
      </section>
    </Layout>
  );
}
