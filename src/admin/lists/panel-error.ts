import { ForbiddenError, NotFoundError, ValidationError } from 'adminjs';
import { AppError, type FieldError } from '../../common/errors/app-error.js';

/** Names under which the panel's forms know what services call otherwise. */
const FORM_NAMES: Readonly<Record<string, string>> = {
  phone_number: 'new_phone_number',
  country_code: 'new_phone_number',
  password: 'new_password',
};

/**
 * A refusal as AdminJS shows it: beside its field, or as a notice. Anything that is no refusal
 * passes through, to be answered as ours.
 */
export function panelError(thrown: unknown): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  switch (thrown.code) {
    case 'validation_failed':
      return refusal(thrown.params.fields ?? [], thrown);
    case 'username_taken':
      return refusal([{ field: 'username', code: thrown.code, detail: thrown.message }], thrown);
    case 'forbidden':
      return new ForbiddenError(thrown.message);
    case 'not_found':
      return new NotFoundError(thrown.message, 'Action#handler');
    default:
      return refusal([], thrown);
  }
}

function refusal(fields: readonly FieldError[], { code, message }: AppError): ValidationError {
  const named = fields.map(({ field, code: type, detail, choices = [], account }) => [
    FORM_NAMES[field] ?? field,
    {
      type,
      message: [detail, ...choices].join(' '),
      ...(account === undefined ? {} : { account }),
    },
  ]);
  return new ValidationError(Object.fromEntries(named) as ValidationError['propertyErrors'], {
    type: code,
    message,
  });
}
