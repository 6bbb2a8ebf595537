import { AppError } from '../../common/errors/app-error.js';
import { propertyOf, type PanelFields } from './panel-field.js';

/** What a form sent, and what the record held when it was read. */
export interface PanelForm {
  sent: Readonly<Record<string, unknown>>;
  /** AdminJS' page sends back all it was given, read-only fields too. */
  held: Readonly<Record<string, unknown>>;
}

/**
 * Read one name at a time. A field that is not editable may come back as it was; changed, or
 * unheard of, it is refused, not passed over.
 */
export class FormValues {
  private readonly form: PanelForm['sent'];

  constructor({ sent, held }: PanelForm, editable: readonly string[]) {
    this.form = sent;
    const isOpen = (name: string) => editable.includes(name.replace(/\.\d{1,3}$/, ''));
    const closed = Object.keys(sent).filter(
      (name) =>
        !isOpen(name) && !isAsHeld(sent[name], Object.hasOwn(held, name) ? held[name] : undefined),
    );
    if (closed.length > 0)
      throw AppError.invalid(
        ...closed.map((field) => ({
          field,
          code: 'read_only' as const,
          detail: 'This cannot be changed here.',
        })),
      );
  }

  text(name: string): string | undefined {
    const value = this.form[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : String(value === true);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false')
      throw AppError.invalid({ field: name, code: 'invalid', detail: 'Choose yes or no.' });
    return value === 'true';
  }

  /** `name.0`, `name.1`, … in their order; undefined when the form has no such list. */
  list(name: string): string[] | undefined {
    const items = Object.entries(this.form).filter(([key]) => key.startsWith(`${name}.`));
    if (items.length === 0 && !Array.isArray(this.form[name])) return undefined;
    return items
      .map(([, value]) => value)
      .filter((item) => typeof item === 'string' && item !== '') as string[];
  }
}

/**
 * What a form sets, by the properties it sets; a field that was not sent is missing. Throws
 * `validation_failed` at a field that nobody may edit.
 */
export function formValues<Input extends object>(
  form: PanelForm,
  fields: PanelFields,
): Partial<Input> {
  const edited = Object.entries(fields).filter(([, field]) => field.in.includes('edit'));
  const values = new FormValues(
    form,
    edited.map(([name]) => name),
  );
  const set = edited.map(([name, { type, isArray, sets }]) => [
    sets ?? propertyOf(name),
    isArray ? values.list(name) : type === 'boolean' ? values.flag(name) : values.text(name),
  ]);
  return Object.fromEntries(set.filter(([, value]) => value !== undefined)) as Partial<Input>;
}

function isAsHeld(sent: unknown, held: unknown): boolean {
  if (held === undefined) return false;
  return JSON.stringify(held) === JSON.stringify(sent) || plain(held) === plain(sent);
}

const plain = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString()
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
