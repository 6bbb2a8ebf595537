import type { Message } from '../sms-sender.js';
import { spokenCode } from '../spoken-code.js';

/**
 * The voices for languages of ours (MessageBird, "Voice Messaging API", `language`). It has none
 * for Hindi and Arabic.
 */
const VOICES: ReadonlyMap<string, string> = new Map([
  ['de', 'de-de'],
  ['en', 'en-us'],
  ['es', 'es-es'],
  ['fr', 'fr-fr'],
  ['pt', 'pt-br'],
  ['zh', 'zh-cn'],
]);

/**
 * What is said in a call, and in which language: where no voice knows the text's own, the digits
 * alone, in English.
 */
export function spokenByMessageBird({ text, code, locale }: Message): {
  body: string;
  language: string;
} {
  const language = VOICES.get(locale);
  return language === undefined
    ? { body: spokenCode(code), language: 'en-us' }
    : { body: text, language };
}
