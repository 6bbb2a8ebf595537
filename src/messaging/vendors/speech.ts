import type { Message } from './sms-sender.js';

/**
 * What a call says, and by which of a gateway's voices (by language): where none of them knows the
 * text's language, the digits of the code alone, one by one, twice, in English.
 */
export function spoken(
  voices: Readonly<Record<string, string>> & { en: string },
  { text, code, locale }: Pick<Message, 'text' | 'code' | 'locale'>,
): { text: string; voice: string } {
  const voice = Object.hasOwn(voices, locale) ? voices[locale] : undefined;
  if (voice !== undefined) return { text, voice };
  const digits = [...code].join(', ');
  return { text: `${digits}. ${digits}.`, voice: voices.en };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as the content of an XML element. */
export const xmlText = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
