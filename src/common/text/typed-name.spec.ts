import fc from 'fast-check';
import { withoutStrayJoiners } from './typed-name.js';

const NON_JOINER = '\u200c';
const JOINER = '\u200d';

describe('joiners that a script needs', () => {
  it.each([
    ['Persian', 'علی\u200cرضا'],
    ['Persian, a mark between', 'نامه\u064e\u200cها'],
    ['Kurdish', 'كه\u200cمال'],
    ['Urdu', 'بے\u200cنام', 'بےنام'],
    ['Hindi', 'श्री\u200d', 'श्री'],
    ['Hindi, half form', 'क्\u200dष'],
    ['Hindi, virama to be seen', 'श्\u200cरी'],
    ['Marathi, eyelash ra', 'दर्\u200dयाव'],
    ['Nepali', 'गर्\u200dयो'],
    ['Bengali, khanda ta of old', 'উত্\u200dসব'],
    ['Bengali, ra with ya', 'র\u200d্যাচেল'],
    ['Punjabi', 'ਸ੍\u200cਰੀ'],
    ['Gujarati', 'ક્\u200cષ'],
    ['Odia', 'କ୍\u200dଷ'],
    ['Tamil', 'க்\u200cஷ'],
    ['Telugu', 'రాజ్\u200cకుమార్'],
    ['Kannada', 'ರಾಜ್\u200cಕುಮಾರ್'],
    ['Malayalam, chillu of old at the end', 'അവന്\u200d'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['Sinhala, touching letters', 'ක\u200d්ක'],
    ['Khmer', 'ប\u200c៊ី'],
    ['Khmer, below a letter', 'ក្\u200cក'],
    ['Myanmar', 'က္\u200cက'],
    ['Balinese', 'ᬓ᭄\u200cᬱ'],
    ['Chakma (beyond the basic plane)', '𑄇𑄴\u200c𑄇'],
    ['Syriac', 'ܒ\u200cܒ'],
    ['an emoji', '👩🏽\u200d⚕️👨\u200d👩\u200d👧❤️\u200d🔥'],
  ])('stay, %s', (_language, name, right = name) => {
    expect(withoutStrayJoiners(name)).toBe(right);
  });

  it.each([
    ['between Latin letters', 'al\u200dice', 'alice'],
    ['between Latin letters, a non-joiner', 'al\u200cice', 'alice'],
    ['at the beginning', '\u200d\u200cक्ष', 'क्ष'],
    ['at the end', 'علی\u200c', 'علی'],
    ['behind a letter that never joins the next one', 'کار\u200cها', 'کارها'],
    ['twice in a row', 'علی\u200c\u200cرضا', 'علی\u200cرضا'],
    ['a joiner between Arabic letters', 'علی\u200dرضا', 'علیرضا'],
    ['behind a vowel sign', 'कि\u200dष', 'किष'],
    ['behind a mark of another class', 'e\u0301\u200cz', 'e\u0301z'],
    ['behind a virama, with no letter behind', 'क्\u200c', 'क्'],
    ['beside one emoji', '\u200d👧\u200d', '👧'],
  ])('and no others: %s', (_where, name, right) => {
    expect(withoutStrayJoiners(name)).toBe(right);
  });

  it('what stays would stay again', () => {
    const sign = fc.constantFrom(...Array.from(`aबक्ष्ർیرل\u064eറ്👧🏽្៊ক${NON_JOINER}${JOINER}`));
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 12 }), (text) => {
        const once = withoutStrayJoiners(text);
        expect(withoutStrayJoiners(once)).toBe(once);
        expect(once.replace(/[\u200c\u200d]/g, '')).toBe(text.replace(/[\u200c\u200d]/g, ''));
      }),
    );
  });
});
