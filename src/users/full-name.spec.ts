import { AppError } from '../common/errors/app-error.js';
import { fullNameKey, parseFullName } from './full-name.js';

function refusal(input: string): string {
  try {
    return parseFullName(input);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.params.fields ?? []).map(({ field, code }) => `${field}: ${code}`).join();
  }
}

describe('a full name', () => {
  it.each([
    'Zoë "Z" O’Brien-Ångström',
    '',
    'علی\u200cرضا موسوی',
    'ئه\u200cحمه\u200cد',
    'क्\u200dषितिज शर्मा',
    'র\u200d্যাচেল দাস',
    'അവന്\u200d നായര്\u200d',
    'ශ්\u200dරී ලංකා',
    'ប\u200c៊ុន',
    'བསྟན\u0f0bའཛིན\u0f0cརྒྱ\u0f0bམཚོ\u0f0b',
    'ᠰᠠᠷ\u180eᠠ',
    '葛\u{e0100}城',
    '👩\u200d🚀 Ada',
  ])('may be %j', (name) => {
    expect(refusal(name)).toBe(name);
  });

  it.each([
    ['Ada\u200b Love\u00adlace\ufeff', 'Ada Lovelace'],
    ['\u200eAda\u00a0Lovelace\u00a0', 'Ada Lovelace'],
    ['\u202bעדה\u202c \u2067לבלייס\u2069', 'עדה לבלייס'],
    ['A\u2060da\u200d \u200cLovelace', 'Ada Lovelace'],
    [' \u200b\u200d ', ''],
    ['e\u200b\u0301', 'é'],
  ])('loses what a paste brings and nobody sees: %j', (typed, name) => {
    expect(refusal(typed)).toBe(name);
  });

  it.each([
    'Ada\u0000',
    'Ada\nLovelace',
    'Ada\u2028L',
    'Ada\ud800',
    'Ada\ue000',
    'Ada\u180e',
    '\u{e0001}',
  ])('is refused: %j', (name) => {
    expect(refusal(name)).toBe('full_name: invalid');
  });

  it('is found by its beginning, joiners or not', () => {
    const key = fullNameKey('علی\u200cرضا');
    expect(fullNameKey('علیرضا')).toBe(key);
    expect(key.startsWith(fullNameKey('علی\u200cر'))).toBe(true);
  });
});
