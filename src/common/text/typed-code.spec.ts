import fc from 'fast-check';
import { AppError } from '../errors/app-error.js';
import { parseCode, SIX_DIGITS, type CodeLength } from './typed-code.js';

function read(typed: string, length: CodeLength = SIX_DIGITS): string {
  try {
    return parseCode(typed, length);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.params.fields ?? []).map(({ field, code }) => `${field}: ${code}`).join();
  }
}

describe('a code as people type it', () => {
  it.each([
    '123456',
    ' 123456\n',
    '123 456',
    '1 2 3 4 5 6',
    '123\u00a0456',
    '123\u2009456',
    '123-456',
    '123–456',
    '123‑456',
    '123−456',
    '123.456',
    '12-34-56',
    '123 - 456',
    '"123456"',
    '#123456',
    '«123456».',
    '\u200e123\u200b456\ufeff',
    '123\u00ad456',
    '🔑 123456',
    '١٢٣٤٥٦',
    '۱۲۳ ۴۵۶',
    '१२३४५६',
    '১২৩৪৫৬',
    '１２３４５６',
    '၁၂၃၄၅၆',
    '១២៣៤៥៦',
    '𑄷𑄸𑄹𑄺𑄻𑄼',
    '𝟭𝟮𝟯𝟰𝟱𝟲',
    'G-123456',
    'G123456',
    'code:123456',
    'Your Ringback code is 123456. It expires in 10 minutes.',
    '123456 is your Ringback code. It works for 10 minutes. Never share it.\n\n@ringback.example #123456',
    '123456 Ringback कोड, 10 मिनट मान्य, किसी को न दें',
    '١٢٣٤٥٦ رمزك في Ringback، صالح ١٠ دقائق.',
    '您的验证码是123456，10分钟内有效。',
    'Your code is 123-456 (10 min)',
    'Code 123 456, valid until 10:05',
    'G-1234 or call +1 415 555 0100, code 123456',
    '123456123456',
    '123456 123456',
    '123456\n123456',
    '123-456-123-456',
    'G-123456123456',
    '123456, again: 123456',
    '१२३४५६१२३४५६',
  ])('%j is read', (typed) => {
    expect(read(typed)).toBe('123456');
  });

  it.each([
    ['', 'required'],
    [' \n\u00a0', 'required'],
    ['\u200b\ufeff', 'required'],
    ['12345', 'invalid'],
    ['1234567', 'invalid'],
    ['123 4567', 'invalid'],
    ['123456 7', 'invalid'],
    ['12345x', 'invalid'],
    ['abcdef', 'invalid'],
    ['no code', 'invalid'],
    ["' OR 1=1 --", 'invalid'],
    ['one two three', 'invalid'],
    ['-', 'invalid'],
    ['code 1234567', 'invalid'],
    ['12345l', 'invalid'],
    ['123456654321', 'invalid'],
    ['123456123457', 'invalid'],
    ['123456123456123456', 'invalid'],
    ['123456 654321', 'invalid'],
    ['½½½', 'invalid'],
    ['Your code is 123456, not 654321', 'ambiguous'],
    ['123 456 or 654-321', 'ambiguous'],
    ['9'.repeat(501), 'too_long'],
    [`${'\u0316'.repeat(100_000)}123456`, 'too_long'],
  ])('%j is no guess: %s', (typed, code) => {
    expect(read(typed)).toBe(`code: ${code}`);
  });

  const OPEN = { least: 4, most: 10 };
  it.each([
    ['1234', '1234'],
    ['12 34', '1234'],
    ['1234567890', '1234567890'],
    ['12345678', '12345678'],
    ['123456', '123456'],
    ['123456123456', '123456'],
    ['1234567812345678', '12345678'],
    ['Your code is 1234. It expires in 10 minutes.', '1234'],
    ['2026: your code is 123456', '123456'],
    ['123', 'code: invalid'],
    ['12345678901', 'code: invalid'],
    ['1234 or 5678, choose', 'code: ambiguous'],
  ])('of a provider that makes 4 to 10 digits, %j is %s', (typed, code) => {
    expect(read(typed, OPEN)).toBe(code);
  });

  it('has six ASCII digits, whatever was typed, or is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        expect(read(typed)).toMatch(/^([0-9]{6}|code: (required|invalid|ambiguous|too_long))$/);
      }),
    );
  });
});
