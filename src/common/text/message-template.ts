import { measureOf } from './gsm-alphabet.js';

/** What a template's placeholders become. */
export interface Filling {
  code: string;
  /** How long the code still works. */
  minutes: number;
  /** Host of PUBLIC_URL. */
  host: string;
}

const PLACEHOLDERS: readonly string[] = ['{code}', '{minutes}', '{origin}'];
/** The longest there is: codes have 6 digits and live 10 minutes. */
const LONGEST_VALUES = { code: '000000', minutes: 10 };

/**
 * A message from `{code}`, `{minutes}` and `{origin}`. The last line binds the code to the site's
 * origin (Origin-bound one-time codes, 2: exactly one space, nothing after it); it is appended
 * where the template doesn't place it.
 */
export function fillTemplate(template: string, { code, minutes, host }: Filling): string {
  const values: Record<string, string> = {
    '{code}': code,
    '{minutes}': `${minutes}`,
    '{origin}': `@${host} #${code}`,
  };
  const whole = template.includes('{origin}') ? template : `${template}\n{origin}`;
  return whole.replace(/\{\w+\}/g, (placeholder) => values[placeholder] ?? placeholder);
}

/**
 * Why an operator's template would not do for this host, as the end of a sentence; null when it
 * does.
 */
export function templateProblem(template: string, host: string): string | null {
  const unknown = template
    .match(/\{[^{}]*\}/g)
    ?.find((placeholder) => !PLACEHOLDERS.includes(placeholder));
  if (unknown !== undefined)
    return `${unknown} is no placeholder; there are ${PLACEHOLDERS.join(', ')}`;
  if (!template.includes('{code}')) return 'must contain {code}';
  if (/\{origin\}(?!$)|[^\n]\{origin\}/.test(template))
    return 'must have {origin} alone on its last line, or leave it out';
  // Browsers take the first such line for the origin.
  if (/(^|\s)@\S+ #\S/.test(template))
    return 'must not write a line like "@host #code"; {origin} is that line';
  return overflowProblem(measureOf(fillTemplate(template, { ...LONGEST_VALUES, host })));
}

function overflowProblem({ length, limit, foreign }: ReturnType<typeof measureOf>): string | null {
  if (length <= limit) return null;
  const because =
    foreign === undefined ? '' : `, for ${JSON.stringify(foreign)} is not in the GSM alphabet`;
  return `makes ${length} characters with the origin line, and one message holds ${limit}${because}; shorten it`;
}
