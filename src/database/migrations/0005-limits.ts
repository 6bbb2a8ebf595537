import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class Limits1795000000005 implements MigrationInterface {
  name = 'Limits1795000000005';

  async up(runner: QueryRunner): Promise<void> {
    const { id, int, key, flag, instant } = columns(runner);
    await runner.createTable(
      new Table({
        name: 'conversions',
        columns: [
          key('region', 50, { isPrimary: true }),
          instant('bucket', { isPrimary: true }),
          int('sent'),
          int('confirmed'),
        ],
        indices: [new TableIndex({ name: 'conversions_bucket', columnNames: ['bucket'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'limit_decisions',
        columns: [
          id(),
          key('key', 43),
          key('limit', 40),
          key('purpose', 30),
          key('subject', 60, { isNullable: true }),
          flag('held', true),
          int('count'),
          instant('until'),
          instant('first_at'),
          instant('last_at'),
        ],
        indices: [
          new TableIndex({ name: 'limit_decisions_key', columnNames: ['key'], isUnique: true }),
          new TableIndex({ name: 'limit_decisions_last', columnNames: ['last_at'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('limit_decisions');
    await runner.dropTable('conversions');
  }
}
