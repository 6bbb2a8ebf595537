import type { AccountEvent, AccountEventName } from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { codeAccountsOfAddress, wrongCodesOfAddress } from '../phone-verification/code-rules.js';
import { noticeOf } from './notice-of.js';

const of = (name: AccountEventName, details?: AccountEvent['details']) =>
  noticeOf({ name, userId: 7, client: LOCAL_CLIENT, ...(details ? { details } : {}) });

it.each<[AccountEventName, AccountEvent['details'], ReturnType<typeof noticeOf>]>([
  ['password.changed', undefined, 'password_changed'],
  ['two-factor.on', undefined, 'two_factor_on'],
  ['two-factor.off', undefined, 'two_factor_off'],
  ['device.new', undefined, 'new_device'],
  ['code.blocked', { limit: 'wrong-codes' }, 'wrong_codes'],
  ['code.blocked', { limit: 'wrong-codes-day' }, 'wrong_codes'],
  ['code.blocked', { limit: 'wrong-codes-of-number' }, 'wrong_codes'],
  ['code.blocked', { limit: wrongCodesOfAddress.name }, undefined],
  ['code.blocked', { limit: codeAccountsOfAddress.name }, undefined],
  ['code.wrong', { purpose: 'login', attempts_left: 0 }, 'wrong_codes'],
  ['code.wrong', { purpose: 'login', attempts_left: 1 }, undefined],
  ['code.wrong', undefined, undefined],
  ['user.edited', { fields: 'username full_name' }, 'username_changed'],
  ['user.edited', { fields: 'phone_number full_name' }, 'number_changed'],
  ['user.edited', { fields: 'full_name' }, undefined],
  ['phone.released', undefined, 'number_changed'],
  ['phone.refused-as-taken', undefined, 'number_taken'],
  ['user.edited', undefined, undefined],
  ['user.deactivated', undefined, undefined],
  ['session.opened', { state: 'active' }, undefined],
  ['notice.sent', { notice: 'new_device' }, undefined],
])('of %s %j the phone is told: %s', (name, details, kind) => expect(of(name, details)).toBe(kind));
