import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

const FILTERS = [
  'is_staff',
  'is_superuser',
  'is_active',
  'phone_number_verified',
  'two_factor_auth',
  'change_pw',
  'country_code',
];

export class Accounts1795000000001 implements MigrationInterface {
  name = 'Accounts1795000000001';

  async up(runner: QueryRunner): Promise<void> {
    const { id, int, text, key, flag, instant, json } = columns(runner);
    const nullable = { isNullable: true };
    const index = (name: string, columnNames: string[], isUnique = false) =>
      new TableIndex({ name, columnNames, isUnique });

    await runner.createTable(
      new Table({
        name: 'users',
        columns: [
          id(),
          text('username', 130),
          key('username_key', 260),
          key('password', 255),
          text('full_name', 130, { default: "''" }),
          key('full_name_key', 260, { default: "''" }),
          key('phone_number', 20),
          key('verified_phone_number', 20, nullable),
          int('country_code'),
          flag('phone_number_verified', false),
          flag('two_factor_auth', false),
          flag('change_pw', true),
          flag('is_active', true),
          flag('is_staff', false),
          flag('is_superuser', false),
          json('permissions'),
          instant('date_joined'),
          instant('last_login', nullable),
          instant('registration_expires_at', nullable),
        ],
        indices: [
          index('users_username_key', ['username_key'], true),
          index('users_verified_phone_number', ['verified_phone_number'], true),
          index('users_full_name_key', ['full_name_key']),
          index('users_phone_number', ['phone_number']),
          index('users_date_joined', ['date_joined']),
          index('users_registration_expiry', ['registration_expires_at']),
          ...FILTERS.map((column) => index(`users_${column}`, [column, 'username_key'])),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'groups',
        columns: [id(), key('name', 130), json('permissions')],
        indices: [index('groups_name', ['name'], true)],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'group_memberships',
        columns: [int('user_id', { isPrimary: true }), int('group_id', { isPrimary: true })],
        indices: [index('group_memberships_group', ['group_id'])],
      }),
    );
    await runner.createTable(
      new Table({ name: 'known_keys', columns: [key('key_id', 8, { isPrimary: true })] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['known_keys', 'group_memberships', 'groups', 'users'])
      await runner.dropTable(table);
  }
}
