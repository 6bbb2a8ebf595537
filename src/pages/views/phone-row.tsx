import { ChoiceField } from './choice-field.js';
import type { FieldErrors } from './field-errors.js';
import { TextField } from './field.js';
import { SelectField, type SelectOption } from './select-field.js';

export interface PhoneRowProps {
  /** What was typed; `country_code` holds the two letters of the option to select, or nothing. */
  values: Readonly<Record<'country_code' | 'phone_number', string>>;
  /** Countries: two letters, and the name with the calling code. */
  countries: readonly SelectOption[];
  /** What the typed number may mean, where that is more than one. */
  numbers?: readonly SelectOption[];
}

interface Refused {
  errors: FieldErrors;
  /** The field that gets the focus. */
  refused: string | undefined;
}

/**
 * A phone number with its country: a national number needs one, a number with + decides by itself.
 */
export function PhoneRow({
  values,
  countries,
  numbers = [],
  errors,
  refused,
}: PhoneRowProps & Refused) {
  const at = (name: string) => ({ name, errors: errors[name], focus: name === refused });
  return (
    <div class="phone-row">
      <SelectField
        {...at('country_code')}
        label="Country"
        value={values.country_code}
        options={countries}
        placeholder="Choose your country"
        autocomplete="country"
      />
      <TextField
        {...at('phone_number')}
        label="Phone number"
        value={values.phone_number}
        autocomplete="tel"
        input={{ type: 'tel', inputMode: 'tel' }}
        help={['With + and the country code, or as you write it in the country chosen here.']}
      />
      {numbers.length > 0 && (
        <ChoiceField name="phone_choice" label="Which number is yours?" options={numbers} />
      )}
    </div>
  );
}
