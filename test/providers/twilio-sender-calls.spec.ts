import { LOCALES } from '../../src/common/locale.js';
import { twimlOf } from '../../src/messaging/vendors/twilio/twilio.voice.js';

/** Of what Twilio's own client lists (twilio-node 6.2.0, VoiceResponse), a voice's own language. */
const OF_TWILIO: Readonly<Record<string, string>> = {
  'Polly.Zeina': 'arb',
  'Polly.Vicki': 'de-DE',
  'Polly.Joanna': 'en-US',
  'Polly.Lucia': 'es-ES',
  'Polly.Lea': 'fr-FR',
  'Polly.Aditi': 'hi-IN',
  'Polly.Camila': 'pt-BR',
  'Polly.Zhiyu': 'cmn-CN',
};

describe('What a call of Twilio says', () => {
  const twiml = (change: Partial<Parameters<typeof twimlOf>[0]> = {}) =>
    twimlOf({ text: 'Your code is 012345.', code: '012345', locale: 'en', ...change });

  it('is the text after a moment, digit by digit', () => {
    const say = '<Say language="en-US" voice="Polly.Joanna">Your code is 0, 1, 2, 3, 4, 5.</Say>';
    expect(twiml()).toBe(`<Response><Pause length="1"/>${say}</Response>`);
  });

  it('leaves digits alone that are spelt already', () => {
    expect(twiml({ text: 'Your code is 0, 1, 2, 3, 4, 5.' })).toBe(twiml());
  });

  it('is text only: nothing in it becomes TwiML', () => {
    expect(twiml({ text: '</Say><Dial>+1 & "you" < \'me\'' })).toContain(
      '>&lt;/Say&gt;&lt;Dial&gt;+1 &amp; "you" &lt; \'me\'<',
    );
  });

  it.each([...LOCALES, 'pt-BR', 'EN'])(
    'speaks %s with a language and a voice that Twilio has',
    (locale) => {
      const [, language = '', voice = ''] =
        /language="([^"]+)" voice="([^"]+)"/.exec(twiml({ locale })) ?? [];
      expect(OF_TWILIO[voice]).toBe(language);
      const tongue: Record<string, string> = { ar: 'arb', zh: 'cmn' };
      const own = locale.slice(0, 2).toLowerCase();
      expect(language).toMatch(new RegExp(`^${tongue[own] ?? own}`));
    },
  );

  it('speaks English where it has no voice', () => {
    for (const locale of ['xx', '', 'constructor', '__proto__'])
      expect(twiml({ locale })).toBe(twiml());
  });
});
