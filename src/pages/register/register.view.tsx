import type { BotTask } from '../../bot-check/bot-check.js';
import { passwordHelp } from '../../users/passwords/password-rules.js';
import type { Draft } from './draft-cookie.js';
import { phoneChoices, type PhoneForm } from '../phone-choices.js';
import type { FieldErrors } from '../views/field-errors.js';
import type { PageMessage } from '../views/message.js';
import { RegisterPage } from './register.page.js';

interface RegisterViewProps extends PhoneForm {
  /** What was typed; null for a form that nobody filled in yet. */
  values: Draft | null;
  errors?: FieldErrors;
  botTask?: BotTask | null;
  message?: PageMessage | undefined;
}

/** The registration form with this installation's countries and password rules. */
export function RegisterView({
  values,
  errors = {},
  botTask,
  message,
  ...form
}: RegisterViewProps) {
  const phone = phoneChoices(values, form);
  const { username, full_name } = values ?? { username: '', full_name: '' };
  return (
    <RegisterPage
      {...phone}
      values={{ username, full_name, ...phone.values }}
      errors={errors}
      message={message}
      help={passwordHelp}
      botTask={botTask}
    />
  );
}
