import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import { PERMISSIONS } from '../../users/groups/permissions.js';
import type { ShownColumns, ShownUser } from '../../users/user-columns.js';
import type { PanelField, PanelFields } from './panel-field.js';

/** Columns that staff are not shown. One that is neither here nor below does not compile. */
type NotShown = 'locale' | 'registration_expires_at';
type Shown = Exclude<keyof ShownColumns, NotShown> | 'new_phone_number' | 'new_password' | 'groups';

const FIELDS = {
  username: { in: ['list', 'show', 'edit', 'filter'], isTitle: true, isSortable: true },
  full_name: { in: ['list', 'show', 'edit', 'filter'], isSortable: true },
  id: { type: 'number', in: ['show'], isId: true, isSortable: true },
  phone_number: {
    in: ['list', 'show', 'filter'],
    shown: ({ phoneNumber }) => maskPhoneNumber(phoneNumber),
    about: 'Search by the whole number; only its last digits are shown.',
  },
  country_code: { type: 'number', in: ['show', 'filter'] },
  phone_number_verified: { type: 'boolean', in: ['list', 'show', 'filter'] },
  new_phone_number: {
    in: ['edit'],
    sets: 'phoneNumber',
    about: 'With + and its country code. It has to be proven again, and all sessions end.',
    component: 'NumberField',
  },
  new_password: {
    type: 'password',
    in: ['edit'],
    sets: 'password',
    about: 'The person has to choose another one at the next log-in.',
  },
  two_factor_auth: {
    type: 'boolean',
    in: ['show', 'edit', 'filter'],
    about: 'Staff can turn it off, never on.',
  },
  change_pw: {
    type: 'boolean',
    in: ['show', 'edit', 'filter'],
    about: 'Ask for a new password at the next log-in.',
  },
  is_active: { type: 'boolean', in: ['list', 'show', 'edit', 'filter'] },
  is_staff: {
    type: 'boolean',
    in: ['list', 'show', 'edit', 'filter'],
    about: 'Superusers only.',
  },
  is_superuser: { type: 'boolean', in: ['show', 'edit', 'filter'], about: 'Superusers only.' },
  groups: { reference: 'groups', isArray: true, in: ['show', 'edit'], about: 'Superusers only.' },
  permissions: {
    isArray: true,
    values: PERMISSIONS,
    in: ['show', 'edit'],
    about: 'Superusers only.',
  },
  date_joined: { type: 'datetime', in: ['list', 'show', 'filter'] },
  // No filter: its index would be written at every log-in.
  last_login: { type: 'datetime', in: ['list', 'show'] },
} satisfies Record<Shown, PanelField<ShownUser>>;

export const USER_FIELDS: PanelFields<ShownUser> = FIELDS;
