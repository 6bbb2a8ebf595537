import fc from 'fast-check';
import { AppError } from '../common/errors/app-error.js';
import { normalForm } from '../common/text/normal-form.js';
import { parseUsername, usernameKey } from './username.js';

function refusal(input: string): string {
  try {
    return parseUsername(input).username;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.params.fields ?? []).map(({ field, code }) => `${field}: ${code}`).join();
  }
}

describe('a username', () => {
  it.each([
    'alice',
    'Alice.B-2_c+d@example.com',
    'żółć',
    'Ọ̀ṣun',
    'Straße',
    'влад1984',
    'Γιώργος',
    'علی۱۲۳',
    'प्रिया',
    'สมชาย',
    '田中',
    'さくら',
    'タナカ花子',
    'スーパー',
    '김철수',
    '金철수',
    'ㄅㄆ中文',
    '42',
  ])('may be %s', (name) => {
    expect(refusal(name)).toBe(normalForm(name, 'NFKC'));
  });

  it.each([
    'علی\u200cرضا',
    'كه\u200cمال',
    'क्\u200dष',
    'दर्\u200dयाव',
    'র\u200d্যাচেল',
    'ശ്\u200cരീ',
    'അവന്\u200d',
    'ශ්\u200dරී',
    'ប\u200c៊ី',
    'བསྟན\u0f0bའཛིན',
    'ཀརྨ\u0f0b',
  ])('keeps what its script needs (%j)', (name) => {
    expect(refusal(name)).toBe(normalForm(name, 'NFKC'));
    expect(usernameKey(name)).toBe(parseUsername(name).usernameKey);
  });

  it('with the Tibetan dot that does not break lines is the same', () => {
    expect(parseUsername('བསྟན\u0f0cའཛིན')).toEqual(parseUsername('བསྟན\u0f0bའཛིན'));
  });

  it.each([
    ['zero width spaces', 'al\u200bice\u200b'],
    ['a byte order mark', '\ufeffalice'],
    ['a word joiner', 'alice\u2060'],
    ['a soft hyphen', 'al\u00adice'],
    ['marks and turns of direction', '\u200e\u202aalice\u202c\u2066\u2069\u061c\u200f'],
    ['joiners that join nothing', '\u200dal\u200dice\u200c'],
    ['no-break spaces around', '\u00a0alice\u00a0 \u200b'],
  ])('loses %s, which a paste brings', (_what, name) => {
    expect(parseUsername(name)).toEqual({ username: 'alice', usernameKey: 'alice' });
    expect(usernameKey(name)).toBe('alice');
  });

  it('is shown as NFKC, and found by its lower case', () => {
    expect(parseUsername('Ａｌｉｃｅ＠Home')).toEqual({
      username: 'Alice@Home',
      usernameKey: 'alice@home',
    });
    expect(parseUsername('E\u0301va')).toEqual({ username: 'Éva', usernameKey: 'éva' });
    expect(parseUsername(' alice\n')).toEqual({ username: 'alice', usernameKey: 'alice' });
  });

  it.each([
    ['a blank', 'alice b'],
    ['a no-break space', 'alice\u00a0b'],
    ['a control character', 'alice\u0000'],
    ['a variation selector', 'al\ufe0fice'],
    ['an invisible letter (Hangul filler)', '김\u3164철수'],
    ['half a character', 'al\ud800ice'],
    ['another sign', 'alice!'],
    ['a slash', 'alice/../bob'],
    ['an emoji', 'alice😀'],
    ['a mark without a letter', '\u0301alice'],
    ['a mark on a digit', '1\u0301'],
    ['a heap of marks', `a${'\u0316'.repeat(5)}`],
    ['a fraction', '½'],
    ['nothing but what nobody sees', '@\u034f'],
    ['a Tibetan dot in front', '\u0f0bབ'],
    ['two Tibetan dots', 'བ\u0f0b\u0f0bབ'],
  ])('with %s is refused', (_what, name) => {
    expect(refusal(name)).toBe('username: invalid');
  });

  it.each([
    ['Latin and Cyrillic', 'pаypal'],
    ['Latin and Greek', 'αlice'],
    ['Latin and Arabic digits', 'bob٣'],
    ['Cyrillic and Hangul', 'влад김'],
    ['Hangul and kana', '김さくら'],
    ['two number systems', 'علی1۲'],
    ['Latin and Armenian', 'aլice'],
    ['Latin and the long-vowel sign of kana', 'suーper'],
    ['Latin and the Tibetan dot', 'a\u0f0bb'],
  ])('that mixes %s is refused', (_what, name) => {
    expect(refusal(name)).toBe('username: invalid');
  });

  it('has 130 characters at most, its key too', () => {
    expect(refusal('a'.repeat(130))).toHaveLength(130);
    expect(refusal('𝒜'.repeat(130))).toBe('A'.repeat(130));
    expect(refusal('a'.repeat(131))).toBe('username: too_long');
    expect(refusal('İ'.repeat(66))).toBe('username: too_long');
    expect(refusal(`a${'\u0301'.repeat(25_000)}${'\u0316'.repeat(25_000)}`)).toBe(
      'username: too_long',
    );
  });

  it.each(['', ' ', '\u3000\n'])('must be given (%j)', (name) => {
    expect(refusal(name)).toBe('username: required');
  });
});

describe('the key of a username', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 3000 });

  it('is the same for every spelling that counts as the same name', () => {
    for (const name of ['ALICE', 'alice', 'Ａｌｉｃｅ', ' Alice '])
      expect(usernameKey(name)).toBe('alice');
  });

  it.each([
    ['without the non-joiner', 'علی\u200cرضا', 'علیرضا'],
    ['without the joiner', 'क्\u200dष', 'क्ष'],
    ['a chillu of old and a new one', 'അവന്\u200d', 'അവൻ'],
    ['a khanda ta of old and a new one', 'উত্\u200dসব', 'উৎসব'],
    ['an eyelash ra of either spelling', 'दर्\u200dयाव', 'दऱ्याव'],
    ['with and without the dot at the end', 'ཀརྨ\u0f0b', 'ཀརྨ'],
  ])('is one for names that look the same: %s', (_what, one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other));
    expect(parseUsername(one).usernameKey).toBe(parseUsername(other).usernameKey);
  });

  it('finds every name that was accepted', () => {
    const alphabet = fc.constantFrom(
      ...Array.from(
        'aZéßİſΣςσжЖ中さ김ी١۲3@.+-_ ﬁＡ\u0301\u0327علی\u064eन्ऱर\u093cൻത്ৎ\u0f0bབ\u200b\u200c\u200d\u00ad',
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (input) => {
        fc.pre(!refusal(input).startsWith('username:'));
        const { username, usernameKey: key } = parseUsername(input);
        expect(usernameKey(input)).toBe(key);
        expect(usernameKey(username)).toBe(key);
        expect(usernameKey(key)).toBe(key);
        expect(usernameKey(username.replace(/[\u200c\u200d]/g, ''))).toBe(key);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and what is longer than a name may be finds none', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        expect(Array.from(usernameKey(input)).length).toBeLessThanOrEqual(131);
      }),
    );
    expect(usernameKey('a'.repeat(1_000_000))).toBe('a'.repeat(131));
    expect(usernameKey('al\ud800')).toBe('al\ufffd');
  });
});
