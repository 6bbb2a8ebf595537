import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An ended account keeps no number from anybody: those that were ended before it was so let theirs
 * go.
 */
export class ExpandFreedNumbers1795000000011 implements MigrationInterface {
  name = 'ExpandFreedNumbers1795000000011';

  async up(runner: QueryRunner): Promise<void> {
    const ended = 'is_active = 0 AND phone_number_verified = 1';
    await runner.query(
      `UPDATE users SET phone_number_verified = 0, verified_phone_number = NULL WHERE ${ended}`,
    );
  }

  async down(): Promise<void> {
    // Nobody knows any more who had proven which number, and who is let in again proves it anew.
  }
}
