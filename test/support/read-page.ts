/** What a page says, read from its HTML. */
export interface Page {
  status: number;
  location: string | null;
  headers: Headers;
  html: string;
  /** Without markup. */
  text: string;
  /** Sentences of the form as a whole. */
  errors: string[];
  /** Sentence by field, under the JSON API's names. */
  fields: Record<string, string>;
  retryAfter: number | undefined;
}

const API_NAMES: Readonly<Record<string, string>> = {
  password1: 'password',
  old_password: 'current_password',
  new_password1: 'password',
  one_time_password: 'code',
};

export async function readPage(response: Response): Promise<Page> {
  const html = await response.text();
  const retryAfter = response.headers.get('retry-after');
  return {
    status: response.status,
    location: response.headers.get('location'),
    headers: response.headers,
    html,
    text: textOf(html),
    errors: [...html.matchAll(/role="alert"[^>]*>(.*?)<\/(?:div|ul|p)>/gs)].map(([, inner = '']) =>
      textOf(inner),
    ),
    fields: fieldErrors(html),
    retryAfter: retryAfter === null ? undefined : Number(retryAfter),
  };
}

function fieldErrors(html: string): Record<string, string> {
  const found = [...html.matchAll(/id="([\w-]+?)-error(?:s|-\d+)?"[^>]*>(.*?)<\/(?:p|ul|div)>/gs)];
  return Object.fromEntries(
    found.map(([, name = '', inner = '']) => [API_NAMES[name] ?? name, textOf(inner)]),
  );
}

const textOf = (html: string): string =>
  html
    .replace(/<(script|style)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
