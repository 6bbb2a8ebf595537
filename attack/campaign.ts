import type { Attack } from './attack.js';
import type { Ground } from './ground.js';
import { Breach, Unjudged } from './verdict.js';

/** What came of one attack. */
export interface Result {
  name: string;
  rule: string;
  outcome: 'pass' | 'fail' | 'skipped';
  /** What was seen, or why nothing could be. */
  told: string;
  /** A failure's request as a curl line, secrets left out. */
  request?: string;
}

/** Runs the attacks one after the other; `tell` hears of each as it ends. */
export async function runCampaign(
  attacks: readonly Attack[],
  ground: Ground,
  tell: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const attack of attacks) {
    const result = { name: attack.name, rule: attack.rule, ...(await outcomeOf(attack, ground)) };
    results.push(result);
    tell(result);
  }
  return results;
}

async function outcomeOf(attack: Attack, ground: Ground): Promise<Omit<Result, 'name' | 'rule'>> {
  try {
    return { outcome: 'pass', told: await attack.run(ground) };
  } catch (error) {
    if (error instanceof Unjudged) return { outcome: 'skipped', told: error.message };
    if (error instanceof Breach)
      return {
        outcome: 'fail',
        told: error.message,
        request: ground.target.curl(error.answer.ask),
      };
    throw error;
  }
}
