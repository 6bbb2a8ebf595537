import { TextField, type FieldProps } from './field.js';

/** A name chosen once and typed exactly: keyboards must neither capitalise nor correct it. */
export function UsernameField({
  value,
  ...field
}: Omit<FieldProps, 'name' | 'label'> & { value: string }) {
  return (
    <TextField
      {...field}
      name="username"
      label="Username"
      value={value}
      autocomplete="username"
      input={{ autocapitalize: 'none', autocorrect: 'off', spellcheck: false }}
    />
  );
}
