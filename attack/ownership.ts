import { isLoopback } from '../src/common/net/local-network.js';
import type { Settings } from '../src/config/settings.js';
import { UsageRefusal } from '../src/cli/command-refusal.js';
import { readProof, WELL_KNOWN } from './proof.js';
import type { Target } from './target.js';

export interface Claim {
  /** The host name typed once more. */
  iOwn?: string;
  /** The content of a proof file. */
  proof?: string;
}

/**
 * Whether the target is the operator's own: this machine, a host named once more by hand, or one
 * that serves the token of a proof signed with this SECRET_KEY. Returns how that is known. Throws
 * UsageRefusal; nothing but the token has been asked for then.
 */
export async function ensureOwned(
  target: Target,
  { iOwn, proof }: Claim,
  settings: Settings,
  now: Date,
): Promise<string> {
  const { hostname } = new URL(target.origin);
  if (isLoopback(hostname)) return 'loopback';
  if (iOwn !== undefined) {
    if (iOwn.toLowerCase() !== hostname)
      throw new UsageRefusal(`--i-own names ${iOwn}, but the target is ${hostname}.`);
    return `the operator says to own ${hostname}`;
  }
  if (proof === undefined) {
    throw new UsageRefusal(
      `${hostname} is not this machine. Attack only what is yours: say --i-own ${hostname}, or --proof with a file of --prove.`,
    );
  }
  const token = readProof(proof, target.origin, settings, now);
  const answer = await target.send({ method: 'GET', path: WELL_KNOWN }).catch(() => null);
  if (answer?.status !== 200 || answer.text.trim() !== token)
    throw new UsageRefusal(`${target.origin}${WELL_KNOWN} does not serve the token of the proof.`);
  return 'it serves the token of a proof signed with this SECRET_KEY';
}
