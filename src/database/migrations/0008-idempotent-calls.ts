import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class ExpandIdempotentCalls1795000000008 implements MigrationInterface {
  name = 'ExpandIdempotentCalls1795000000008';

  async up(runner: QueryRunner): Promise<void> {
    const { int, key, instant, json } = columns(runner);
    await runner.createTable(
      new Table({
        name: 'idempotent_calls',
        columns: [
          key('name', 32, { isPrimary: true }),
          key('content', 32),
          key('run', 22),
          int('mismatches'),
          { ...json('answer'), isNullable: true },
          instant('lease_ends_at'),
          instant('expires_at'),
        ],
        indices: [new TableIndex({ name: 'idempotent_calls_expiry', columnNames: ['expires_at'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotent_calls');
  }
}
