import { Field, type FieldProps } from './field.js';

export interface SelectOption {
  value: string;
  label: string;
}

interface SelectFieldProps extends FieldProps {
  value: string;
  options: readonly SelectOption[];
  autocomplete: string;
}

export function SelectField({ value, options, autocomplete, ...field }: SelectFieldProps) {
  return (
    <Field
      {...field}
      control={(wiring) => (
        <select autocomplete={autocomplete} {...wiring}>
          {options.map((option) => (
            <option value={option.value} selected={option.value === value}>{option.label}</option>
          ))}
        </select>
      )}
    />
  );
}
