import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class AnsweredMessages1795000000009 implements MigrationInterface {
  name = 'AnsweredMessages1795000000009';

  async up(runner: QueryRunner): Promise<void> {
    const { key, json } = columns(runner);
    await runner.addColumns('challenges', [
      new TableColumn(key('limited_by', 40, { isNullable: true })),
      new TableColumn({ ...json('places'), isNullable: true }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('challenges', ['limited_by', 'places']);
  }
}
