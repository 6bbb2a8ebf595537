import type { Result } from './campaign.js';
import type { Cast } from './cast.js';
import type { Target } from './target.js';

const WIDEST = 22;

/**
 * `pass     guessing               10 wrong codes were compared …`; a failure brings its request
 * and its rule along.
 */
export function lineOf({ name, outcome, told, rule, request }: Result): string {
  const mark = outcome === 'fail' ? 'FAIL' : outcome;
  const line = `${mark.padEnd(8)} ${name.padEnd(WIDEST)} ${told}`;
  return plain(request === undefined ? line : `${line}\n         ${rule}\n         ${request}`);
}

/** `16 passed, 0 failed, 1 skipped: 512 requests in 21 seconds.` */
export function summaryOf(
  results: readonly Result[],
  spentOn: Pick<Target, 'requests' | 'milliseconds'>,
): string {
  const count = (outcome: Result['outcome']) =>
    results.filter((result) => result.outcome === outcome).length;
  const spent = `${spentOn.requests} requests in ${Math.ceil(spentOn.milliseconds / 1000)} seconds`;
  return `${count('pass')} passed, ${count('fail')} failed, ${count('skipped')} skipped: ${spent}.`;
}

/** What the run leaves behind, for whoever cleans up. */
export function leftoversOf({ made, staying }: Pick<Cast, 'made' | 'staying'>): string {
  if (made.length === 0) return 'It made no accounts.';
  const told = `Accounts made: ${made.length}. Those not confirmed go by themselves within the hour`;
  if (staying.length === 0) return `${told}.`;
  return `${told}; a superuser can delete these in the panel: ${staying.join(', ')}.`;
}

/** What a target answered must not steer the terminal. */
const plain = (text: string): string => text.replace(/[^\x20-\x7e\n…]/g, '?');
