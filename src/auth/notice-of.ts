import type { AccountEvent, AccountEventName } from '../common/account-events.js';
import type { NoticeKind } from '../phone-verification/notice.js';

const KINDS: Partial<Record<AccountEventName, NoticeKind>> = {
  'password.changed': 'password_changed',
  'two-factor.on': 'two_factor_on',
  'two-factor.off': 'two_factor_off',
  'device.new': 'new_device',
  'code.blocked': 'wrong_codes',
};

/**
 * What the account's phone is told of an event; undefined when nothing. Of wrong codes once they are a challenge's last try or
 * begin a wait: a slip of the finger is no news.
 */
export function noticeOf({ name, details = {} }: AccountEvent): NoticeKind | undefined {
  if (name === 'code.wrong') return details['attempts_left'] === 0 ? 'wrong_codes' : undefined;
  if (name === 'user.edited') return `${details['fields']}`.split(' ').includes('username') ? 'username_changed' : undefined;
  return KINDS[name];
}
