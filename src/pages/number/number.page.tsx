import {
  errorsBesideNoField,
  type FieldErrors,
  firstRefused,
  hasErrors,
} from '../views/field-errors.js';
import { FormErrors } from '../views/form-errors.js';
import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';
import { PhoneRow, type PhoneRowProps } from '../views/phone-row.js';
import { WayOut } from '../verify/way-out.js';

export interface NumberPageProps extends PhoneRowProps {
  errors: FieldErrors;
  message?: PageMessage | undefined;
}

const FIELDS = ['country_code', 'phone_number'];

/**
 * Another number for an account whose own turned out to be somebody else's: only that is asked for,
 * the account stays.
 */
export function NumberPage({ errors, message, ...phone }: NumberPageProps) {
  return (
    <Layout title={TITLE} message={message} locked refused={hasErrors(errors)}>
      <section class="card card-wide">
        <h1>{TITLE}</h1>
        <p class="badge badge-warning">User Not verified.</p>
        <p class="intro">
          Your code was right, but another account uses this phone number by now. Your account is
          kept as it is. Give another number, and we will send it a one-time password.
        </p>
        <FormErrors sentences={errorsBesideNoField(FIELDS, errors)} />
        <form method="post" action="/verify/number/" novalidate>
          <PhoneRow
            {...phone}
            errors={errors}
            refused={firstRefused(FIELDS, errors) ?? 'phone_number'}
          />
          <button class="button button-block" type="submit">
            Send the code
          </button>
        </form>
        <WayOut purpose="login" />
      </section>
    </Layout>
  );
}

const TITLE = 'Give another phone number';
