import type { Message } from '../sms-sender.js';
import { xmlText } from '../xml-text.js';

interface Voice {
  language: string;
  voice: string;
}

const ENGLISH: Voice = { language: 'en-US', voice: 'Polly.Joanna' };

/**
 * A voice for each language of our texts (Twilio, "Text-to-Speech"): a language with another one's
 * voice makes the call fail.
 */
const VOICES: ReadonlyMap<string, Voice> = new Map([
  ['ar', { language: 'arb', voice: 'Polly.Zeina' }],
  ['de', { language: 'de-DE', voice: 'Polly.Vicki' }],
  ['en', ENGLISH],
  ['es', { language: 'es-ES', voice: 'Polly.Lucia' }],
  ['fr', { language: 'fr-FR', voice: 'Polly.Lea' }],
  ['hi', { language: 'hi-IN', voice: 'Polly.Aditi' }],
  ['pt', { language: 'pt-BR', voice: 'Polly.Camila' }],
  ['zh', { language: 'cmn-CN', voice: 'Polly.Zhiyu' }],
]);

/** What a call says, as TwiML: the text, which tells the code twice, digit by digit. */
export function twimlOf({ text, code, locale }: Pick<Message, 'text' | 'code' | 'locale'>): string {
  const { language, voice } = VOICES.get(locale.replace(/-.*/s, '').toLowerCase()) ?? ENGLISH;
  const spoken = xmlText(text.replaceAll(code, [...code].join(', ')));
  return `<Response><Pause length="1"/><Say language="${language}" voice="${voice}">${spoken}</Say></Response>`;
}
