import fc from 'fast-check';
import { isOneMessage, measureOf } from '../../common/text/gsm-alphabet.js';
import { LOCALES, type Locale } from '../../common/locale.js';
import { messageText, type MessageContent } from './message-text.js';
import { TEXTS } from './texts.js';

const write = (locale: Locale, change: Partial<MessageContent> = {}) =>
  messageText({
    code: '012345',
    channel: 'sms',
    host: 'accounts.example.com',
    minutes: 10,
    locale,
    ...change,
  });
const textOf = (locale: Locale, change: Partial<MessageContent> = {}) => write(locale, change).text;
const hostOf = (length: number) => `${'a'.repeat(length - 8)}.example`;

const SCRIPTS: Partial<Record<Locale, RegExp>> = {
  hi: /\p{Script=Devanagari}/u,
  ar: /\p{Script=Arabic}/u,
  zh: /\p{Script=Han}/u,
};

describe('a text', () => {
  it('is this in English', () => {
    expect(textOf('en')).toBe(
      '012345 is your Ringback code. It works for 10 minutes. Never share it.\n@accounts.example.com #012345',
    );
  });

  it('is this in Arabic: the code and the last line in plain digits, no mark that turns the direction', () => {
    expect(textOf('ar')).toBe(
      '012345 رمزك، صالح 10 دقائق. لا تشاركه.\n@accounts.example.com #012345',
    );
    expect(textOf('ar', { host: 'a.co' })).toBe(
      '012345 رمزك في Ringback، صالح 10 دقائق. لا تشاركه.\n@a.co #012345',
    );
  });

  it.each<[number, string]>([
    [1, 'دقيقة واحدة'],
    [2, 'دقيقتين'],
    [3, '3 دقائق'],
    [10, '10 دقائق'],
    [11, '11 دقيقة'],
  ])('counts %i minutes as Arabic does', (minutes, time) => {
    expect(textOf('ar', { minutes })).toContain(`صالح ${time}.`);
  });

  describe.each(LOCALES)('in %s', (locale) => {
    it.each([1, 2, 5, 10])(
      'is one message for short and for 40-character hosts with %i minutes left',
      (minutes) => {
        for (const host of [
          'localhost',
          '127.0.0.1:3000',
          '[::1]:3000',
          hostOf(12),
          hostOf(25),
          hostOf(40),
        ]) {
          const written = write(locale, { host, minutes });
          expect(isOneMessage(written.text)).toBe(true);
          expect(written.locale).toBe(locale);
          expect(written.text).toMatch(/^012345\P{Nd}/u);
          expect(written.text.split('\n').slice(1)).toEqual([`@${host} #012345`]);
          expect(written.text.split('\n')[0]).toMatch(SCRIPTS[locale] ?? /./);
        }
      },
    );

    it('holds no character that is not seen, in texts and in speech', () => {
      for (const text of [...TEXTS[locale].sms, TEXTS[locale].call]) {
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0\u202f]/u);
        expect(text.normalize('NFC')).toBe(text);
      }
    });

    it('keeps its longest wording for the shortest hosts, and has no wording twice or out of order', () => {
      const lengths = TEXTS[locale].sms.map(
        (wording) => wording.replace('{time}', TEXTS[locale].minutes.other).length,
      );
      expect(lengths).toEqual([...new Set(lengths)].sort((a, b) => b - a));
      const first = textOf(locale, { host: 'a.co' });
      expect(first).toContain('Ringback');
      expect(first).toContain('10');
    });

    it('is spoken digit by digit, twice', () => {
      const { text, locale: spoken } = write(locale, { channel: 'call', template: 'never {code}' });
      expect(text.match(/(?<!\d)0, 1, 2, 3, 4, 5(?!\d)/g)).toHaveLength(2);
      expect(text.replaceAll('0, 1, 2, 3, 4, 5', '')).not.toMatch(/\p{Nd}|[{}@#]/u);
      expect(text).toMatch(SCRIPTS[locale] ?? /./);
      expect(spoken).toBe(locale);
    });
  });

  it.each(['en', 'es', 'fr', 'de', 'pt'] as const)('keeps to the GSM alphabet in %s', (locale) => {
    expect(measureOf(textOf(locale)).foreign).toBeUndefined();
  });

  it('is English, and says so, when its language has no room beside the host', () => {
    expect(write('zh', { host: hostOf(50) })).toEqual({
      locale: 'en',
      text: textOf('en', { host: hostOf(50) }),
    });
  });

  it('never leaves the last line out, even where no message can hold it', () => {
    expect(textOf('hi', { host: hostOf(144) })).toBe(`012345\n@${hostOf(144)} #012345`);
    expect(isOneMessage(textOf('hi', { host: hostOf(144) }))).toBe(true);
    expect(textOf('hi', { host: hostOf(200) })).toBe(`012345\n@${hostOf(200)} #012345`);
  });

  it('is one message that ends in the origin line, for any code, host, language and time', () => {
    const host = fc
      .oneof(
        fc.domain(),
        fc.ipV4(),
        fc.ipV6().map((ip) => `[${ip}]:3000`),
      )
      .filter((name) => name.length <= 120);
    const code = fc.integer({ min: 0, max: 999_999 }).map((number) => `${number}`.padStart(6, '0'));
    fc.assert(
      fc.property(
        fc.constantFrom(...LOCALES),
        host,
        code,
        fc.integer({ min: 1, max: 10 }),
        (locale, name, digits, minutes) => {
          const text = textOf(locale, { host: name, code: digits, minutes });
          expect(isOneMessage(text)).toBe(true);
          expect(text.startsWith(digits)).toBe(true);
          expect(text.slice(text.lastIndexOf('\n') + 1)).toBe(`@${name} #${digits}`);
          expect(text).not.toMatch(/[{}]/);
        },
      ),
    );
  });

  it("is the operator's own wording where there is one", () => {
    expect(write('es', { template: '{code}: {minutes} min', minutes: 7 })).toEqual({
      text: '012345: 7 min\n@accounts.example.com #012345',
      locale: 'es',
    });
  });
});
