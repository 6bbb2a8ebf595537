import { z } from 'zod';
import { bounded } from './bounded.js';
import { normalForm } from './normal-form.js';
import { isTooLong, TEXT_LIMITS } from '../limits/text-limits.js';

describe('a string of a schema that reads what others send', () => {
  const schema = z.object({ username: bounded('username').min(1) });
  const read = (username: string) => schema.parse({ username }).username;

  it('stays as it is up to its limit', () => {
    const longest = 'a'.repeat(TEXT_LIMITS.username);
    expect(read(longest)).toBe(longest);
  });

  it('is cut beyond it, and still too long', () => {
    const cut = read('a'.repeat(50_000));
    expect(cut).toHaveLength(TEXT_LIMITS.username + 1);
    expect(isTooLong(cut, 'username')).toBe(true);
  });

  it('tells its limit to whoever reads the documentation', () => {
    const { properties } = z.toJSONSchema(schema, { io: 'input' });
    expect(properties?.['username']).toMatchObject({
      type: 'string',
      minLength: 1,
      maxLength: TEXT_LIMITS.username,
    });
  });
});

describe('normalising', () => {
  it('is refused to a text that nobody has held against its limit', () => {
    expect(normalForm('e\u0301', 'NFC')).toBe('\u00e9');
    expect(() => normalForm('a'.repeat(50_000), 'NFC')).toThrow(RangeError);
  });
});
