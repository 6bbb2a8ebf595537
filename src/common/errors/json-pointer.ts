/**
 * RFC 6901: empty for the whole value, else segments that begin with `/`, in which `~0` is `~` and
 * `~1` is `/`.
 */
const POINTER = /^(\/([^~]|~[01])*)?$/;

export const isJsonPointer = (text: string): boolean => POINTER.test(text);

/**
 * What a JSON pointer leads to in a value that JSON.parse made; undefined when it leads nowhere.
 */
export function valueAt(json: unknown, pointer: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce(childOf, json);
}

function childOf(json: unknown, name: string): unknown {
  if (Array.isArray(json))
    return /^(0|[1-9]\d*)$/.test(name) ? (json as unknown[])[Number(name)] : undefined;
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
  return (json as Record<string, unknown>)[name];
}
