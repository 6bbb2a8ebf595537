import { Field, type FieldProps } from './field.js';

export interface SelectOption {
  value: string;
  label: string;
}

interface SelectFieldProps extends FieldProps {
  value: string;
  options: readonly SelectOption[];
  /** Stands first while nothing is chosen. */
  placeholder: string;
  autocomplete: string;
}

export function SelectField({
  value,
  options,
  placeholder,
  autocomplete,
  ...field
}: SelectFieldProps) {
  return (
    <Field
      {...field}
      control={(wiring) => (
        <select autocomplete={autocomplete} {...wiring}>
          {!options.some((option) => option.value === value) && (
            <option value="" selected>
              {placeholder}
            </option>
          )}
          {options.map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}
