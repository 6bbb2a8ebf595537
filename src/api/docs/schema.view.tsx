/** What is read of a JSON Schema (2020-12) here. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  maxLength?: number;
  examples?: readonly unknown[];
}

/** How deep an example follows schemas that name each other. */
const DEEPEST = 4;

/** A schema in words; an object as a table of its fields. */
export function SchemaView({ schema }: { schema: Schema }) {
  const { properties, required = [] } = schema;
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  return (
    <>
      {schema.description && <p>{schema.description}</p>}
      {properties && (
        <table>
          <thead>
            <tr>
              <th scope="col">field</th>
              <th scope="col">value</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(properties).map(([name, field]) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                  {required.includes(name) ? null : <span> optional</span>}
                </th>
                <td>
                  <TypeView schema={field} />
                  {field.description && <span>{`: ${field.description}`}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!properties && choices && (
        <ul>
          {choices.map((choice, at) => (
            <li key={at}>
              {choice.properties ? <SchemaView schema={choice} /> : <TypeView schema={choice} />}
            </li>
          ))}
        </ul>
      )}
      {!properties && !choices && <TypeView schema={schema} />}
    </>
  );
}

/** A type in a line: words, and links to schemas with a name. */
export function TypeView({ schema }: { schema: Schema }) {
  if (schema.$ref) return <a href={`#schema-${nameOf(schema.$ref)}`}>{nameOf(schema.$ref)}</a>;
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    return (
      <>
        {choices.map((choice, at) => (
          <span key={at}>
            {at > 0 && ' or '}
            <TypeView schema={choice} />
          </span>
        ))}
      </>
    );
  }
  if (schema.items) {
    return (
      <>
        list of <TypeView schema={schema.items} />
      </>
    );
  }
  return <>{wordsOf(schema)}</>;
}

function wordsOf({ enum: values, const: only, type, format, maxLength }: Schema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ');
  const kind = [type ?? 'anything'].flat().join(' or ');
  return [kind, format, maxLength && `at most ${maxLength} characters`].filter(Boolean).join(', ');
}

/** A value of the schema's shape to begin with. */
export function exampleOf(
  schema: Schema,
  named: Readonly<Record<string, Schema>>,
  depth = 0,
): unknown {
  const inner = (one: Schema) => exampleOf(one, named, depth + 1);
  if (depth > DEEPEST) return null;
  if (schema.$ref) return inner(named[nameOf(schema.$ref)] ?? {});
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema.allOf?.[0];
  if (choice && !schema.properties) return inner(choice);
  if (schema.properties) {
    const required = Object.entries(schema.properties).filter(
      ([name]) => schema.required?.includes(name) ?? false,
    );
    return Object.fromEntries(required.map(([name, field]) => [name, inner(field)]));
  }
  if (schema.items) return [];
  return { boolean: true, integer: 0, number: 0 }[[schema.type].flat()[0] ?? ''] ?? '';
}

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';
