import { PERMISSIONS } from '../../users/groups/permissions.js';
import type { PanelField } from './panel-field.js';

const flag = (name: string, about?: string): PanelField => ({
  name,
  type: 'boolean',
  in: ['show', 'edit', 'filter'],
  ...(about ? { about } : {}),
});

export const USER_FIELDS: readonly PanelField[] = [
  { name: 'username', in: ['list', 'show', 'edit', 'filter'], isTitle: true, isSortable: true },
  { name: 'full_name', in: ['list', 'show', 'edit', 'filter'], isSortable: true },
  { name: 'id', type: 'number', in: ['show'], isId: true, isSortable: true },
  {
    name: 'phone_number',
    in: ['list', 'show', 'filter'],
    about: 'Search by the whole number; only its last digits are shown.',
  },
  { name: 'country_code', type: 'number', in: ['show', 'filter'] },
  { name: 'phone_number_verified', type: 'boolean', in: ['list', 'show', 'filter'] },
  {
    name: 'new_phone_number',
    in: ['edit'],
    about: 'With + and its country code. It has to be proven again, and all sessions end.',
    component: 'NumberField',
  },
  {
    name: 'new_password',
    type: 'password',
    in: ['edit'],
    about: 'The person has to choose another one at the next log-in.',
  },
  flag('two_factor_auth', 'Staff can turn it off, never on.'),
  flag('change_pw', 'Ask for a new password at the next log-in.'),
  { name: 'is_active', type: 'boolean', in: ['list', 'show', 'edit', 'filter'] },
  { ...flag('is_staff', 'Superusers only.'), in: ['list', 'show', 'edit', 'filter'] },
  flag('is_superuser', 'Superusers only.'),
  {
    name: 'groups',
    reference: 'groups',
    isArray: true,
    in: ['show', 'edit'],
    about: 'Superusers only.',
  },
  {
    name: 'permissions',
    isArray: true,
    values: PERMISSIONS,
    in: ['show', 'edit'],
    about: 'Superusers only.',
  },
  { name: 'date_joined', type: 'datetime', in: ['list', 'show', 'filter'] },
  // No filter: its index would be written at every log-in.
  { name: 'last_login', type: 'datetime', in: ['list', 'show'] },
];
