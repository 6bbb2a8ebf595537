import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class Notices1795000000007 implements MigrationInterface {
  name = 'Notices1795000000007';

  async up(runner: QueryRunner): Promise<void> {
    const { key } = columns(runner);
    await runner.addColumn('sent_messages', new TableColumn(key('kind', 10, { default: "'otp'" })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sent_messages', 'kind');
  }
}
