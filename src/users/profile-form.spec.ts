import fc from 'fast-check';
import { LOCALES } from '../common/locale.js';
import { parseLocale } from './profile-form.js';

it('takes each language by its tag, and null for none', () => {
  for (const locale of LOCALES) expect(parseLocale(locale)).toBe(locale);
  expect(parseLocale(null)).toBeNull();
});

it('refuses every other string, and names the languages there are', () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom(...LOCALES).map((tag) => tag.toUpperCase()),
    fc
      .tuple(fc.constantFrom(...LOCALES), fc.string({ minLength: 1 }))
      .map(([tag, more]) => tag + more),
  );
  fc.assert(
    fc.property(
      odd.filter((text) => !(LOCALES as readonly string[]).includes(text)),
      (text) => {
        const detail = expect.stringContaining(LOCALES.join(', ')) as string;
        const refused = {
          code: 'validation_failed',
          params: { fields: [{ field: 'locale', code: 'invalid', detail }] },
        };
        expect(() => parseLocale(text)).toThrow(expect.objectContaining(refused) as Error);
      },
    ),
  );
});
