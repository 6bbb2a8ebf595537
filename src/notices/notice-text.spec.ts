import fc from 'fast-check';
import { isOneMessage, measureOf } from '../common/text/gsm-alphabet.js';
import { LOCALES } from '../common/locale.js';
import type { NoticeKind } from './notice.js';
import { noticeText } from './notice-text.js';
import { NOTICE_TEXTS } from './notice-texts.js';

const KINDS = Object.keys(NOTICE_TEXTS.en.what) as NoticeKind[];
const hostOf = (length: number) => `${'a'.repeat(length - 8)}.example`;

describe('a notice', () => {
  it('says what happened and what to do, and where', () => {
    expect(noticeText({ kind: 'new_device', locale: 'en', host: 'accounts.example.com' })).toBe(
      'Your Ringback account was opened on a new device. ' +
        'If you know nothing of this, change your password at accounts.example.com',
    );
    expect(noticeText({ kind: 'password_changed', locale: 'de', host: 'konto.example' })).toBe(
      'Das Passwort Ihres Ringback-Kontos wurde geändert. Wissen Sie nichts davon, wenden Sie sich an konto.example',
    );
  });

  describe.each(LOCALES)('in %s', (locale) => {
    it.each(KINDS)(
      '%s is one message that names the service and what to do, and hosts of 20 characters',
      (kind) => {
        for (const host of ['a.co', hostOf(20), hostOf(40), hostOf(100), hostOf(253)]) {
          const text = noticeText({ kind, locale, host });
          expect(isOneMessage(text)).toBe(true);
          expect(text).toContain('Ringback');
          expect(text.length).toBeGreaterThan(NOTICE_TEXTS[locale].what[kind].length);
          if (host.length <= 20) expect(text.endsWith(host)).toBe(true);
        }
      },
    );

    it('tells each kind apart, and holds nothing unseen, no digit, no other link', () => {
      const { what, todo } = NOTICE_TEXTS[locale];
      expect(new Set(Object.values(what)).size).toBe(KINDS.length);
      for (const text of [...Object.values(what), ...todo.ask, ...todo.change_password]) {
        expect(text).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Nd}\u00a0\u202f]|https?:|www\.|\/|@|#/u,
        );
        expect(text.replace('{host}', '')).not.toMatch(/[{}]/);
        expect(text.normalize('NFC')).toBe(text);
      }
    });
  });

  it.each(['en', 'es', 'fr', 'de', 'pt'] as const)(
    'keeps to the GSM alphabet in %s, and names longer hosts',
    (locale) => {
      for (const kind of KINDS) {
        const text = noticeText({ kind, locale, host: hostOf(40) });
        expect(measureOf(text).foreign).toBeUndefined();
        expect(text.endsWith(hostOf(40))).toBe(true);
      }
    },
  );

  it('is one message for any host', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...LOCALES),
        fc.constantFrom(...KINDS),
        host,
        (locale, kind, name) => {
          expect(isOneMessage(noticeText({ kind, locale, host: name }))).toBe(true);
        },
      ),
    );
  });
});
