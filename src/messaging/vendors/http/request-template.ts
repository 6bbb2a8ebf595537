/** What a template of a request may name, in braces. */
export const PLACEHOLDERS = [
  'to',
  'to_digits',
  'text',
  'code',
  'locale',
  'ttl',
  'reference',
  'callback_url',
  'country',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Readonly<Record<Placeholder, string>>;

/** What a value may stand in. A JSON value stands inside quotes; a number may do without them. */
export type Context = 'url' | 'header' | 'form' | 'json' | 'xml' | 'plain';

/**
 * A template with its placeholders filled, each value written so that it cannot end the place it
 * stands in.
 */
export function fill(template: string, values: Values, context: Context): string {
  return template.replace(/\{([a-z_]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? ESCAPES[context](values[name as Placeholder]) : whole,
  );
}

/** Names in braces that are no placeholders: of another gateway's words, or mistyped. */
export function strangersIn(template: string): string[] {
  const names = [...template.matchAll(/\{([A-Za-z_][\w -]*)\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter(
    (name) => !PLACEHOLDERS.some((placeholder) => placeholder === name),
  );
}

/** Whether one of these placeholders stands in one of the templates. */
export const isNamed = (
  templates: readonly string[],
  ...placeholders: readonly Placeholder[]
): boolean =>
  templates.some((template) =>
    placeholders.some((placeholder) => template.includes(`{${placeholder}}`)),
  );

/**
 * What a body of this media type is; undefined for one in which nobody knows how to write a value.
 */
export function contextOf(mediaType: string): Context | undefined {
  if (/\bjson\b/i.test(mediaType)) return 'json';
  if (/\bxml\b/i.test(mediaType)) return 'xml';
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) return 'form';
  return /^text\/plain\b/i.test(mediaType) ? 'plain' : undefined;
}

/** Half of a surrogate pair is no character, and cannot be encoded: it becomes U+FFFD. */
const percent = (value: string): string => encodeURIComponent(Buffer.from(value).toString());

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const ESCAPES: Readonly<Record<Context, (value: string) => string>> = {
  url: percent,
  form: percent,
  json: (value) => JSON.stringify(value).slice(1, -1),
  // XML 1.0 has no way to write other control characters.
  xml: (value) =>
    value
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
      .replace(/[^\t\n\r -\ufffd]/g, ''),
  header: (value) => value.replace(/[^ -~]/g, ''),
  plain: (value) => value,
};
