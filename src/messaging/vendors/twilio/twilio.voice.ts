import type { Message } from '../sms-sender.js';
import { xmlText } from '../speech.js';

/**
 * A language and its voice for each language of our texts (Twilio, "Text-to-Speech"): a language
 * with another one's voice makes the call fail.
 */
const VOICES: ReadonlyMap<string, readonly [language: string, voice: string]> = new Map([
  ['ar', ['arb', 'Polly.Zeina']],
  ['de', ['de-DE', 'Polly.Vicki']],
  ['es', ['es-ES', 'Polly.Lucia']],
  ['fr', ['fr-FR', 'Polly.Lea']],
  ['hi', ['hi-IN', 'Polly.Aditi']],
  ['pt', ['pt-BR', 'Polly.Camila']],
  ['zh', ['cmn-CN', 'Polly.Zhiyu']],
]);

/** What a call says, as TwiML: the text, which tells the code twice, digit by digit. */
export function twimlOf({ text, code, locale }: Pick<Message, 'text' | 'code' | 'locale'>): string {
  const tongue = locale.replace(/-.*/s, '').toLowerCase();
  const [language, voice] = VOICES.get(tongue) ?? ['en-US', 'Polly.Joanna'];
  const spoken = xmlText(text.replaceAll(code, [...code].join(', ')));
  return `<Response><Pause length="1"/><Say language="${language}" voice="${voice}">${spoken}</Say></Response>`;
}
