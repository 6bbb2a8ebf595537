import type { Settings } from '../../config/settings.js';
import { migrationState, newerSentence } from '../../database/pending-migrations.js';
import type { Finding } from './doctor.finding.js';
import { inTime } from '../../common/net/in-time.js';
import { endingOf } from '../sentence-of.js';

/** `isMigrated` is false as well where that cannot be told. */
export type DatabaseFinding = Finding & { isMigrated: boolean };

/**
 * Whether the database answers within `patience` milliseconds, and which migrations it lacks.
 * Changes nothing in it.
 */
export async function askDatabase(
  { database, migrateAtStart }: Settings,
  patience: number,
): Promise<DatabaseFinding> {
  try {
    const state = await inTime(migrationState(database), patience);
    if (state === null) return bad(`It gave no answer in ${patience / 1000} seconds.`);
    const { pending, later } = state;
    if (later.length > 0) return bad(`${newerSentence(later)}.`);
    if (pending.length === 0)
      return { ...GOOD, isMigrated: true, sentence: 'It answers and is migrated.' };
    if (migrateAtStart)
      return {
        ...GOOD,
        isMigrated: false,
        sentence: `It answers. The next start runs ${pending.join(', ')}.`,
      };
    return bad(`It lacks ${pending.join(', ')}: run "npm run ringback -- migrate".`);
  } catch (error) {
    return bad(endingOf(error).lines.join(' '));
  }
}

const subject = 'database';
const GOOD = { subject, isGood: true };
const bad = (sentence: string): DatabaseFinding => ({
  subject,
  isGood: false,
  isMigrated: false,
  sentence,
});
