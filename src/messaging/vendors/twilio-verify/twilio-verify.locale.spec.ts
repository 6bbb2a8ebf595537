import { verifyLocaleOf } from './twilio-verify.locale.js';

describe('the language Verify is asked for', () => {
  it.each([
    ['en', 'en'],
    ['en-US', 'en'],
    ['en-GB', 'en'],
    ['es', 'es'],
    ['es-419', 'es'],
    ['fr-CA', 'fr'],
    ['de', 'de'],
    ['hi', 'hi'],
    ['ar', 'ar'],
    ['ar-EG', 'ar'],
    ['pt', 'pt'],
    ['pt-PT', 'pt'],
    ['pt-BR', 'pt-BR'],
    ['PT-br', 'pt-BR'],
    ['zh', 'zh'],
    ['zh-CN', 'zh-CN'],
    ['zh-Hans', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-HK', 'zh-HK'],
    ['zh-TW', 'zh-HK'],
    ['zh-Hant', 'zh-HK'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['nb', 'nb'],
    ['fil', 'tl'],
    ['tl', 'tl'],
    ['iw', 'he'],
    ['uk-UA', 'uk'],
  ])('%s becomes %s', (tag, locale) => {
    expect(verifyLocaleOf(tag)).toBe(locale);
  });

  it.each(['tlh', 'sw', 'cy-GB', '', '*', 'x', 'not a language', 'en_US!'])(
    "%j is left to the number's country",
    (tag) => {
      expect(verifyLocaleOf(tag)).toBeUndefined();
    },
  );
});
