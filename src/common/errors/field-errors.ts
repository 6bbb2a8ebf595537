import { AppError, type FieldError } from './app-error.js';

/**
 * Runs every check and throws one `validation_failed` with all their field errors, so that a form
 * shows them together.
 */
export class FieldErrors {
  private readonly fields: FieldError[] = [];

  /** The check's result, or undefined when it refused. Other errors pass through. */
  check<T>(check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!AppError.is(error, 'validation_failed')) throw error;
      this.fields.push(...(error.params.fields ?? []));
      return undefined;
    }
  }

  throwIfAny(): void {
    if (this.fields.length > 0) throw AppError.invalid(...this.fields);
  }
}
