import { Field, type FieldProps } from './field.js';

interface PasswordFieldProps extends FieldProps {
  autocomplete: 'current-password' | 'new-password';
}

/**
 * A password, never filled in by us. The button that shows it needs the script, which also makes it
 * appear.
 */
export function PasswordField({ autocomplete, ...field }: PasswordFieldProps) {
  return (
    <Field
      {...field}
      control={(wiring) => (
        <div class="password">
          <input
            type="password"
            autocomplete={autocomplete}
            autocapitalize="none"
            spellcheck={false}
            {...wiring}
          />
          <button
            type="button"
            hidden
            data-show-password={field.name}
            aria-controls={field.name}
            aria-pressed="false"
          >
            Show<span class="visually-hidden"> {field.label.toLowerCase()}</span>
          </button>
        </div>
      )}
    />
  );
}
