import { PASSWORD, somebody } from '../people.js';
import type { TestApp } from '../start-app.js';
import type { Tokens } from './api-fields.js';
import type { Field } from './work.js';

/** Every page with a form, and as whom it is opened. */
const PAGES: readonly [string, keyof Tokens | null][] = [
  ['/register/', null],
  ['/login/', null],
  ['/verify/', 'pending'],
  ['/verify/number/', 'numberless'],
  ['/password/', 'active'],
  ['/dashboard/', 'active'],
];

/** Every named control of every form of the pages as they are rendered. */
export async function pageFields({ app }: TestApp, tokens: Tokens): Promise<Field[]> {
  const fields = await Promise.all(
    PAGES.map(async ([page, whose]) => {
      const cookie = whose === null ? '' : `session=${tokens[whose]}`;
      const { body } = await app.inject({ url: page, headers: { cookie } });
      return formsIn(body).flatMap(({ action, names }) =>
        names.map((name) => ({
          name: `form ${action || page} ${name}`,
          send: (text: string) =>
            app.inject({
              method: 'POST',
              url: action || page,
              headers: {
                cookie,
                'content-type': 'application/x-www-form-urlencoded',
                'sec-fetch-site': 'same-origin',
              },
              payload: asForm({ ...honest(names), [name]: text }),
            }),
        })),
      );
    }),
  );
  return fields.flat();
}

function formsIn(html: string): { action: string; names: string[] }[] {
  const forms = [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)];
  return forms
    .filter(([, attributes = '']) => /method="post"/i.test(attributes))
    .map(([, attributes = '', inner = '']) => {
      const controls = [
        ...inner.matchAll(/<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"/g),
      ];
      return {
        action: /action="([^"]*)"/.exec(attributes)?.[1] ?? '',
        names: [...new Set(controls.map(([, name = '']) => name))],
      };
    });
}

function honest(names: readonly string[]): Record<string, string> {
  const { username, phoneNumber } = somebody();
  const known: Record<string, string> = {
    // Another number that is taken leaves nothing to attack.
    username,
    phone_number: names.includes('username') ? phoneNumber : '12',
    full_name: '',
    country_code: '',
    password: PASSWORD,
    password1: PASSWORD,
    password2: PASSWORD,
    old_password: PASSWORD,
    new_password1: 'x',
    new_password2: 'x',
    one_time_password: '000000',
  };
  return Object.fromEntries(
    names.filter((name) => name in known).map((name) => [name, known[name] ?? '']),
  );
}

/** As many characters as possible in as few bytes: only what would end the value is encoded. */
export const asForm = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');

export const encoded = (text: string): string => text.replace(/[%&+=\n\r]/g, encodeURIComponent);
