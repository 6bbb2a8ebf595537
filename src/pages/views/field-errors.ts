/**
 * Sentences per field name. A name that is no field of the page (such as `form`) concerns the form
 * as a whole.
 */
export type FieldErrors = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * The first of the page's fields, in reading order, that was refused: the one that gets the focus.
 */
export const firstRefused = (fields: readonly string[], errors: FieldErrors): string | undefined =>
  fields.find((field) => errors[field]?.length);

/** Every sentence that has no field of this page to stand beside, so that none is lost. */
export const errorsBesideNoField = (fields: readonly string[], errors: FieldErrors): string[] =>
  Object.entries(errors).flatMap(([field, sentences]) =>
    fields.includes(field) ? [] : (sentences ?? []),
  );

export const hasErrors = (errors: FieldErrors): boolean =>
  Object.values(errors).some((sentences) => sentences?.length);
