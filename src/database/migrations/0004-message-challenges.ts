import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class MessageChallenges1795000000004 implements MigrationInterface {
  name = 'MessageChallenges1795000000004';

  async up(runner: QueryRunner): Promise<void> {
    const { int } = columns(runner);
    await runner.addColumn(
      'sent_messages',
      new TableColumn(int('challenge_id', { isNullable: true })),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sent_messages', 'challenge_id');
  }
}
