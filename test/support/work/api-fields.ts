import { PASSWORD, somebody } from '../people.js';
import type { TestApp } from '../start-app.js';
import type { Field } from './work.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
}
interface Operation {
  requestBody?: { content: Record<string, { schema: Schema }> };
  parameters?: { name: string; in: string }[];
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** What an honest caller sends beside the field that is attacked. */
const honest = (): Record<string, unknown> => ({
  ...HONEST,
  username: somebody().username,
  phone_number: somebody().phoneNumber,
});
const HONEST = {
  password: PASSWORD,
  current_password: PASSWORD,
  code: '000000',
  enabled: true,
  channel: 'sms',
};

export interface Tokens {
  pending: string;
  active: string;
  /** Of a member who has to give another number. */
  numberless: string;
}

/**
 * Every string of every body, and every header, that the OpenAPI document of the running
 * application names.
 */
export async function apiFields({ app }: TestApp, tokens: Tokens): Promise<Field[]> {
  const document: Document = (await app.inject('/docs-json')).json();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const schema = bodyOf(operation, document);
      const headers = { ...authorization(path, tokens), 'content-type': 'application/json' };
      const ask = (body: object, more: object = {}) => {
        const payload = JSON.stringify(body);
        return app.inject({
          method: method.toUpperCase() as 'POST',
          url: path,
          headers: { ...headers, ...more },
          payload,
        });
      };
      const body = (name?: string) => bodyWith(schema, name);
      const strings = Object.entries(schema.properties ?? {})
        .filter(([, property]) => takesText(property))
        .map(([name]) => name);
      return [
        ...strings.map((name) => ({
          name: `${method} ${path} ${name}`,
          send: (text: string) => ask({ ...body(name), [name]: text }),
        })),
        ...(operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'header')
          .map(({ name }) => ({
            name: `${method} ${path} header ${name}`,
            send: (text: string) => ask(body(), { [name]: text }),
          })),
      ];
    }),
  );
}

function bodyOf({ requestBody }: Operation, { components }: Document): Schema {
  const schema = requestBody?.content['application/json']?.schema ?? {};
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (components.schemas[name] ?? {});
}

const takesText = ({ type, anyOf = [] }: Schema): boolean =>
  [type].flat().includes('string') || anyOf.some(takesText);

/** Throws for a required field that nobody here has told what is honest for. */
function bodyWith({ required = [] }: Schema, attacked?: string): object {
  const known = honest();
  return Object.fromEntries(
    required
      .filter((name) => name !== attacked)
      .map((name) => {
        if (!(name in known))
          throw new Error(
            `Say what an honest caller sends as ${name}: test/support/work/api-fields.ts`,
          );
        return [name, known[name]];
      }),
  );
}

function authorization(path: string, { pending, active }: Tokens): Record<string, string> {
  if (/\/(registration|session)$/.test(path)) return {};
  return { authorization: `Bearer ${/confirmation|phone-number/.test(path) ? pending : active}` };
}
