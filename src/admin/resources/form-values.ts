import { AppError } from '../../common/app-error.js';

/** What a form sent, read one name at a time. A name that is not editable is refused, not passed over. */
export class FormValues {
  constructor(
    private readonly form: Readonly<Record<string, unknown>>,
    editable: readonly string[],
  ) {
    const closed = Object.keys(form).filter((name) => !editable.includes(name.replace(/\.\d{1,3}$/, '')));
    if (closed.length > 0) throw AppError.invalid(...closed.map((field) => ({ field, code: 'read_only', detail: 'This cannot be changed here.' })));
  }

  text(name: string): string | undefined {
    const value = this.form[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : String(value === true);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw AppError.invalid({ field: name, code: 'invalid', detail: 'Choose yes or no.' });
    return value === 'true';
  }

  /** `name.0`, `name.1`, … in their order; undefined when the form has no such list. */
  list(name: string): string[] | undefined {
    const items = Object.entries(this.form).filter(([key]) => key.startsWith(`${name}.`));
    if (items.length === 0 && !Array.isArray(this.form[name])) return undefined;
    return items.map(([, value]) => value).filter((item) => typeof item === 'string' && item !== '') as string[];
  }
}
