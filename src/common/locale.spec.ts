import fc from 'fast-check';
import { LOCALES, localeOf, regionOf } from './locale.js';

describe('the language of a request', () => {
  it.each<[string | undefined, string]>([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de', 'de'],
    ['DE-at', 'de'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['zh-Hant-TW', 'zh'],
    ['sv, fr;q=0.5', 'fr'],
    ['sv', 'en'],
    ['en;q=0.5, hi', 'hi'],
    ['en;q=0.5,ar;q=0.8,*;q=0.1', 'ar'],
    ['es ; q=0.2 , fr ; q=0.3', 'fr'],
    ['*, fr;q=0.5', 'en'],
    ['fr;q=0.5, *', 'en'],
    ['es;q=0.5,fr;q=0.5', 'es'],
    ['fr;Q=0.3,de;Q=0.4', 'de'],
    ['de;q=0.123,es;q=0.124', 'es'],
    ['de;q=1.000,es;q=1.', 'de'],
  ])('of %j is %s', (header, locale) => expect(localeOf(header)).toBe(locale));

  it.each([
    ['a refused language', 'de;q=0,es;q=0.1', 'es'],
    ['only a refused language', 'de;q=0.000', 'en'],
    ['a weight above one', 'de;q=2,es;q=0.1', 'es'],
    ['a weight of four decimals', 'de;q=0.9999,es;q=0.1', 'es'],
    ['a weight that is no number', 'de;q=high,es;q=0.1', 'es'],
    ['a negative weight', 'de;q=-1,es;q=0.1', 'es'],
    ['a parameter that is no weight', 'de;level=1,es;q=0.1', 'es'],
    ['two parameters', 'de;q=1;q=1,es;q=0.1', 'es'],
    ['a language whose tag begins alike', 'fil, deu, espanol', 'en'],
    ['an underscore for a hyphen', 'de_DE, es;q=0.1', 'es'],
    ['a subtag of nine letters', 'de-abcdefghi, es;q=0.1', 'es'],
    ['empty entries', ',, ;, ;q=1, fr', 'fr'],
    ['the name of a prototype', 'constructor, __proto__, fr;q=0.1', 'fr'],
  ])('is not led astray by %s', (_what, header, locale) => expect(localeOf(header)).toBe(locale));

  it('is one of ours, whatever was sent', () => {
    const shard = fc.constantFrom(
      'de',
      'pt-BR',
      '*',
      ';q=',
      'q',
      '0.5',
      ',',
      ';',
      '-',
      ' ',
      '=',
      '1',
      'zh-Hant',
    );
    const junk = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(shard).map((shards) => shards.join('')),
    );
    fc.assert(fc.property(junk, (header) => LOCALES.includes(localeOf(header))));
  });

  it('is the one that weighs most, in whichever order they are listed', () => {
    const weighed = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...LOCALES), fc.integer({ min: 1, max: 1000 })),
      {
        minLength: 1,
        maxLength: 8,
        comparator: (a, b) => a[0] === b[0] || a[1] === b[1],
      },
    );
    fc.assert(
      fc.property(weighed, (wishes) => {
        const header = wishes
          .map(([locale, mills]) => `${locale}-XX;q=${(mills / 1000).toFixed(3)}`)
          .join(', ');
        const [[heaviest] = []] = wishes.toSorted((a, b) => b[1] - a[1]);
        expect(localeOf(header)).toBe(heaviest);
      }),
    );
  });

  it('is read from the first entries of a long header only', () => {
    const filler = (count: number) => Array<string>(count).fill('sv;q=0.1').join(',');
    expect(localeOf(`${filler(31)},fr`)).toBe('fr');
    expect(localeOf(`${filler(32)},fr`)).toBe('en');
    expect(localeOf(`fr,${filler(100_000)}`)).toBe('fr');
    expect(localeOf(`${'a-'.repeat(700)}!,fr`)).toBe('fr');
    expect(localeOf(`${'a-'.repeat(100_000)}!,fr`)).toBe('en');
  });
});

describe('the region of a request', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['*', undefined],
    ['de', undefined],
    ['de-DE,de;q=0.9,en-US;q=0.8', 'DE'],
    ['en-us', 'US'],
    ['zh-Hant-TW', 'TW'],
    ['es-419,es;q=0.9', undefined],
    ['de,en-US;q=0.7,en;q=0.3', undefined],
    ['en-US;q=0.5,pt-BR', 'BR'],
    ['en-x-us', undefined],
    ['en-u-rg-uszzzz', undefined],
    ['de_DE', undefined],
  ])('of %j is %s', (header, region) => expect(regionOf(header)).toBe(region));
});
