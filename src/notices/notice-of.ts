import type { AccountEvent, AccountEventName } from '../common/account-events.js';
import type { NoticeKind } from './notice.js';

const KINDS: Partial<Record<AccountEventName, NoticeKind>> = {
  'password.changed': 'password_changed',
  'two-factor.on': 'two_factor_on',
  'two-factor.off': 'two_factor_off',
  'device.new': 'new_device',
  'phone.refused-as-taken': 'number_taken',
  'phone.released': 'number_changed',
};

/** Limits that codes of others reach: nobody need have typed a wrong one of this account. */
const OF_NETWORK: ReadonlySet<unknown> = new Set([
  'wrong-codes-of-address',
  'code-accounts-of-address',
]);

/**
 * What the account's phone is told of an event; undefined when nothing. Of wrong codes once they
 * are a challenge's last try or begin a wait: a slip of the finger is no news.
 */
export function noticeOf({ name, details = {} }: AccountEvent): NoticeKind | undefined {
  if (name === 'code.wrong') return details['attempts_left'] === 0 ? 'wrong_codes' : undefined;
  if (name === 'code.blocked') return OF_NETWORK.has(details['limit']) ? undefined : 'wrong_codes';
  if (name === 'user.edited') {
    const fields = `${details['fields']}`.split(' ');
    if (fields.includes('phone_number')) return 'number_changed';
    return fields.includes('username') ? 'username_changed' : undefined;
  }
  return KINDS[name];
}
