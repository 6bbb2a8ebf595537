import { days, seconds } from '../common/clock.js';
import { isOneMessage } from '../common/text/gsm-alphabet.js';
import type { Locale } from '../common/locale.js';
import { addressesFor } from '../messaging/receipts/receipt-url.js';
import type { Message, SmsSender } from '../messaging/vendors/sms-sender.js';
import type { Notice, NoticeKind } from './notice.js';
import { NOTICE_TEXTS, type Remedy } from './notice-texts.js';

/**
 * Who knows the password can take back what else was done; who has lost it or the number needs
 * somebody's help.
 */
const REMEDIES: Readonly<Record<NoticeKind, Remedy>> = {
  password_changed: 'ask',
  username_changed: 'ask',
  number_changed: 'ask',
  two_factor_on: 'change_password',
  two_factor_off: 'change_password',
  new_device: 'change_password',
  wrong_codes: 'change_password',
  number_taken: 'ask',
};

/**
 * What a phone is told: what happened and what to do, in one message, by nothing but words of ours
 * and the host of PUBLIC_URL. The longest wording that fits; the last ones do without a host that
 * leaves no room.
 */
export function noticeText({
  kind,
  locale,
  host,
}: {
  kind: NoticeKind;
  locale: Locale;
  host: string;
}): string {
  const { what, todo } = NOTICE_TEXTS[locale];
  const texts = todo[REMEDIES[kind]].map(
    (wording) => `${what[kind]} ${wording.replace('{host}', host)}`,
  );
  return texts.find(isOneMessage) ?? what[kind];
}

/** Seconds. A notice that comes later than a day is no help any more. */
const NOTICE_LIFE = days(1) / seconds(1);

/** A notice as a sender gets it: a text without a code. */
export function noticeMessage(
  { kind, phoneNumber, locale }: Pick<Notice, 'kind' | 'phoneNumber' | 'locale'>,
  { sender, publicUrl, reference }: { sender: SmsSender; publicUrl: string; reference: string },
): Message {
  const text = noticeText({ kind, locale, host: new URL(publicUrl).hostname });
  const message = { channel: 'sms', locale, reference } as const;
  const addresses = addressesFor(sender, publicUrl, message);
  return { ...message, to: phoneNumber, code: '', text, ttl: NOTICE_LIFE, ...addresses };
}
