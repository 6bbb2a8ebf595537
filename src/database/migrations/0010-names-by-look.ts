import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Letters and what stands for them in keys of names from here on: two spellings that look the same.
 */
const RESPELLED: readonly (readonly [string, string])[] = [
  ['\u0931\u094d', '\u0930\u094d'],
  ['\u09ce', '\u09a4\u09cd'],
  ['\u0c5d', '\u0c28\u0c4d'],
  ['\u0cdd', '\u0ca8\u0ccd'],
  ['\u0d54', '\u0d2e\u0d4d'],
  ['\u0d55', '\u0d2f\u0d4d'],
  ['\u0d56', '\u0d34\u0d4d'],
  ['\u0d7a', '\u0d23\u0d4d'],
  ['\u0d7b', '\u0d28\u0d4d'],
  ['\u0d7c', '\u0d30\u0d4d'],
  ['\u0d7d', '\u0d32\u0d4d'],
  ['\u0d7e', '\u0d33\u0d4d'],
  ['\u0d7f', '\u0d15\u0d4d'],
];

const JOINER = '\u200d';

/**
 * Keys of names by their look. Of two accounts whose names look the same the second keeps its key,
 * for staff to rename.
 */
export class NamesByLook1795000000010 implements MigrationInterface {
  name = 'NamesByLook1795000000010';

  async up(runner: QueryRunner): Promise<void> {
    const update =
      runner.dataSource.options.type === 'better-sqlite3' ? 'UPDATE OR IGNORE' : 'UPDATE IGNORE';
    for (const [spelling, other] of RESPELLED) {
      const respell = `${update} users SET username_key = REPLACE(username_key, ?, ?) WHERE username_key LIKE ?`;
      await runner.query(respell, [spelling, other, `%${spelling}%`]);
    }
    const unjoin =
      'UPDATE users SET full_name_key = REPLACE(full_name_key, ?, ?) WHERE full_name_key LIKE ?';
    await runner.query(unjoin, [JOINER, '', `%${JOINER}%`]);
  }

  /**
   * Either key finds a name only together with the release that writes it; nothing of the names
   * themselves was changed.
   */
  async down(): Promise<void> {
    // Nothing to take away.
  }
}
