interface ChoiceFieldProps {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
}

/** One of a few values, none chosen beforehand. */
export function ChoiceField({ name, label, options }: ChoiceFieldProps) {
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {options.map((option) => (
        <label>
          <input type="radio" name={name} value={option.value} /> <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
