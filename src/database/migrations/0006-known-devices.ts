import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class KnownDevices1795000000006 implements MigrationInterface {
  name = 'KnownDevices1795000000006';

  async up(runner: QueryRunner): Promise<void> {
    const { id, int, key, instant } = columns(runner);
    const nullable = { isNullable: true };
    const index = (name: string, columnNames: string[], isUnique = false) =>
      new TableIndex({ name, columnNames, isUnique });

    await runner.createTable(
      new Table({
        name: 'known_devices',
        columns: [
          id(),
          int('user_id'),
          key('reference', 22),
          instant('confirmed_at', nullable),
          instant('last_seen_at'),
          instant('expires_at'),
        ],
        indices: [
          index('known_devices_reference', ['reference'], true),
          index('known_devices_user', ['user_id']),
          index('known_devices_expiry', ['expires_at']),
        ],
      }),
    );
    await runner.addColumn('sessions', new TableColumn(int('device_id', nullable)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sessions', 'device_id');
    await runner.dropTable('known_devices');
  }
}
