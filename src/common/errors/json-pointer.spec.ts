import fc from 'fast-check';
import { isJsonPointer, valueAt } from './json-pointer.js';

describe('a JSON pointer', () => {
  const json = {
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'm~n': 8,
    ' ': 7,
    deep: { null: null, list: [{ id: 'x' }] },
  };

  it.each([
    ['', json],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/m~0n', 8],
    ['/ ', 7],
    ['/deep/null', null],
    ['/deep/list/0/id', 'x'],
  ])('%j leads to its value (RFC 6901, 5)', (pointer, value) => {
    expect(isJsonPointer(pointer)).toBe(true);
    expect(valueAt(json, pointer)).toEqual(value);
  });

  it.each([
    '/nowhere',
    '/foo/2',
    '/foo/-',
    '/foo/00',
    '/foo/length',
    '/foo/0/0',
    '/deep/null/x',
    '/constructor',
    '/__proto__',
  ])('%j leads nowhere', (pointer) => {
    expect(valueAt(json, pointer)).toBeUndefined();
  });

  it.each([undefined, null, 7, 'text', true])('leads nowhere in %j', (value) => {
    expect(valueAt(value, '/length')).toBeUndefined();
  });

  it.each(['foo', 'foo/bar', '/a~2', '/a~', '#/foo', ' /foo'])('is not %j', (text) => {
    expect(isJsonPointer(text)).toBe(false);
  });

  it('finds every member of every object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        for (const [name, value] of Object.entries(object)) {
          const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          expect(isJsonPointer(pointer)).toBe(true);
          expect(valueAt(object, pointer)).toBe(value);
        }
      }),
    );
  });
});
