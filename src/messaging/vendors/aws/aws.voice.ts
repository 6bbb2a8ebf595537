import type { Message } from '../sms-sender.js';
import { spokenCode } from '../spoken-code.js';

/**
 * The voices of Amazon Polly for languages of ours that the API knows (SendVoiceMessage,
 * `VoiceId`). Hindi has none there.
 */
const VOICES: ReadonlyMap<string, string> = new Map([
  ['ar', 'ZEINA'],
  ['de', 'VICKI'],
  ['en', 'JOANNA'],
  ['es', 'LUPE'],
  ['fr', 'LEA'],
  ['pt', 'CAMILA'],
  ['zh', 'ZHIYU'],
]);

/**
 * What is said in a call, and by whom: where no voice knows the text's language, the digits alone,
 * in English.
 */
export function spokenByAws({ text, code, locale }: Message): {
  MessageBody: string;
  VoiceId: string;
} {
  const voice = VOICES.get(locale);
  return voice === undefined
    ? { MessageBody: spokenCode(code), VoiceId: 'JOANNA' }
    : { MessageBody: text, VoiceId: voice };
}
