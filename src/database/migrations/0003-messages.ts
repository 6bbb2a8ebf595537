import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class Messages1795000000003 implements MigrationInterface {
  name = 'Messages1795000000003';

  async up(runner: QueryRunner): Promise<void> {
    const { id, int, key, instant } = columns(runner);
    const nullable = { isNullable: true };
    const index = (name: string, columnNames: string[], isUnique = false) =>
      new TableIndex({ name, columnNames, isUnique });

    await runner.createTable(
      new Table({
        name: 'sent_messages',
        columns: [
          id(),
          key('reference', 22),
          int('user_id'),
          key('provider', 30),
          key('channel', 10),
          key('country', 2),
          key('status', 10),
          key('reason', 40, nullable),
          key('gateway_id', 64, nullable),
          int('segments', nullable),
          instant('created_at'),
          instant('updated_at'),
          instant('confirmed_at', nullable),
        ],
        indices: [
          index('sent_messages_reference', ['reference'], true),
          index('sent_messages_user', ['user_id']),
          index('sent_messages_created', ['created_at']),
        ],
      }),
    );
    await runner.addColumn('challenges', new TableColumn(key('message_reference', 22, nullable)));
    await runner.addColumn('users', new TableColumn(key('locale', 10, nullable)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('users', 'locale');
    await runner.dropColumn('challenges', 'message_reference');
    await runner.dropTable('sent_messages');
  }
}
