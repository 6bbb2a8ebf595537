import { phoneChoices, type PhoneForm } from '../phone-choices.js';
import type { FieldErrors } from '../views/field-errors.js';
import type { PageMessage } from '../views/message.js';
import { NumberPage } from './number.page.js';

interface NumberViewProps extends PhoneForm {
  /** What was typed; null for a form that nobody filled in yet. */
  values: Readonly<Record<'country_code' | 'phone_number', string>> | null;
  errors?: FieldErrors;
  message?: PageMessage | undefined;
}

/** The form for another number with this installation's countries. */
export function NumberView({ values, errors = {}, message, ...form }: NumberViewProps) {
  return <NumberPage {...phoneChoices(values, form)} errors={errors} message={message} />;
}
