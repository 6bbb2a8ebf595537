import { withoutStrayJoiners } from './joiners.js';
import { normalForm } from './normal-form.js';

/**
 * Signs without a width or a look that come along when a text is pasted: soft hyphen, zero width
 * space, word joiner, byte order mark, marks and turns of direction, invisible operators.
 */
const RUBBISH = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

/**
 * A name as it was meant: normalised, without blanks around it and without what a paste brings and
 * nobody sees; joiners stay where their script needs them. The same at registration, at log-in, in
 * the panel and its filters. The name must have been held against its limit before.
 */
export function typedName(typed: string, form: 'NFC' | 'NFKC'): string {
  const visible = typed.replace(RUBBISH, '').replaceAll('\u00a0', ' ');
  const meant = normalForm(withoutStrayJoiners(normalForm(visible.trim(), form)), form);
  return meant.trim();
}
