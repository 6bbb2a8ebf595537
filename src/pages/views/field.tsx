import type { ComponentChild, InputHTMLAttributes } from 'preact';

export interface FieldProps {
  /** Also the control's id. */
  name: string;
  label: string;
  errors?: readonly string[] | undefined;
  help?: readonly string[];
  optional?: boolean;
  /** At most one field of a page may have the focus. */
  focus?: boolean;
}

/** The attributes that tie a control to its label, its help and its errors. */
interface Wiring {
  id: string;
  name: string;
  required: boolean;
  autofocus: boolean;
  'aria-invalid'?: 'true';
  'aria-describedby'?: string;
}

interface FieldFrameProps extends FieldProps {
  control: (wiring: Wiring) => ComponentChild;
}

/** A labelled control with what is wrong with it and what helps, in that order. */
export function Field({
  name,
  label,
  errors = [],
  help = [],
  optional = false,
  focus = false,
  control,
}: FieldFrameProps) {
  const describedBy = [errors.length > 0 && `${name}-error`, help.length > 0 && `${name}-help`]
    .filter(Boolean)
    .join(' ');
  return (
    <div class={errors.length > 0 ? 'field field-refused' : 'field'}>
      <label for={name}>
        {label}
        {optional && <span class="optional"> (optional)</span>}
      </label>
      {control({
        id: name,
        name,
        required: !optional,
        autofocus: focus,
        ...(errors.length > 0 && { 'aria-invalid': 'true' }),
        ...(describedBy && { 'aria-describedby': describedBy }),
      })}
      {errors.length > 0 && (
        <div class="field-error" id={`${name}-error`}>
          {errors.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </div>
      )}
      {help.length > 0 && <Help id={`${name}-help`} sentences={help} />}
    </div>
  );
}

function Help({ id, sentences }: { id: string; sentences: readonly string[] }) {
  if (sentences.length === 1)
    return (
      <p class="field-help" id={id}>
        {sentences[0]}
      </p>
    );
  return (
    <ul class="field-help" id={id}>
      {sentences.map((sentence) => (
        <li>{sentence}</li>
      ))}
    </ul>
  );
}

interface TextFieldProps extends FieldProps {
  value?: string;
  /** What browsers and password managers may fill in (HTML, autofill detail tokens). */
  autocomplete: string;
  /** Anything else the `input` takes. */
  input?: InputHTMLAttributes;
}

export function TextField({ value = '', autocomplete, input, ...field }: TextFieldProps) {
  return (
    <Field
      {...field}
      control={(wiring) => (
        <input type="text" value={value} autocomplete={autocomplete} {...input} {...wiring} />
      )}
    />
  );
}
