import type { Message } from '../sms-sender.js';
import { spokenCode } from '../spoken-code.js';
import { xmlText } from '../xml-text.js';

const ENGLISH = 'Polly.Joanna';

/**
 * Voices of Amazon Polly for the languages of our texts (Plivo, "SSML": the voice says the
 * language).
 */
const VOICES: ReadonlyMap<string, string> = new Map([
  ['ar', 'Polly.Zeina'],
  ['de', 'Polly.Vicki'],
  ['en', ENGLISH],
  ['es', 'Polly.Lucia'],
  ['fr', 'Polly.Lea'],
  ['hi', 'Polly.Aditi'],
  ['pt', 'Polly.Vitoria'],
  ['zh', 'Polly.Zhiyu'],
]);

/**
 * What a call says, as Plivo's XML: the text, which tells the code twice, digit by digit; without a
 * voice, the digits alone.
 */
export function plivoScript({
  text,
  code,
  locale,
}: Pick<Message, 'text' | 'code' | 'locale'>): string {
  const voice = VOICES.get(locale);
  const spoken = voice === undefined ? spokenCode(code) : text;
  return `<Response><Wait length="1"/><Speak voice="${voice ?? ENGLISH}">${xmlText(spoken)}</Speak></Response>`;
}
