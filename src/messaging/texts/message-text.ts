import { isOneMessage } from '../../common/text/gsm-alphabet.js';
import type { Locale } from '../../common/locale.js';
import { fillTemplate, type Filling } from '../../common/text/message-template.js';
import type { Channel } from '../../common/channel.js';
import { TEXTS } from './texts.js';

export interface MessageContent extends Filling {
  channel: Channel;
  /** The person's language. */
  locale: Locale;
  /** The operator's own wording for texts in that language, found good at start. */
  template?: string | undefined;
}

/**
 * A text, and the language it really is in; a template counts as written in the language it is for.
 */
export interface WrittenMessage {
  text: string;
  locale: Locale;
}

/**
 * What a person reads or hears. A text begins with the code, for lock-screen previews, ends with
 * the line that binds it to the site's origin, and is one message: the longest wording that fits,
 * in English where none of the language does. A host of more than 144 characters leaves no room for
 * anything; then it takes several messages, for the last line is never left out.
 */
export function messageText({
  channel,
  locale,
  template,
  ...filling
}: MessageContent): WrittenMessage {
  if (channel === 'call') return { text: spoken(locale, filling.code), locale };
  if (template !== undefined) return { text: fillTemplate(template, filling), locale };
  const text = wordings(locale, filling).find(isOneMessage);
  return text === undefined ? inEnglish(filling) : { text, locale };
}

const spoken = (locale: Locale, code: string): string =>
  TEXTS[locale].call.replaceAll('{digits}', [...code].join(', '));

function inEnglish(filling: Filling): WrittenMessage {
  const texts = wordings('en', filling);
  return { text: texts.find(isOneMessage) ?? texts.at(-1) ?? '', locale: 'en' };
}

const plurals = new Map<Locale, Intl.PluralRules>();

// To make one takes longer than all else here.
function pluralOf(locale: Locale): Intl.PluralRules {
  const rules = plurals.get(locale) ?? new Intl.PluralRules(locale);
  plurals.set(locale, rules);
  return rules;
}

function wordings(locale: Locale, filling: Filling): string[] {
  const { minutes, sms } = TEXTS[locale];
  const time = minutes[pluralOf(locale).select(filling.minutes)] ?? minutes.other;
  return sms.map((wording) => fillTemplate(wording.replace('{time}', time), filling));
}
