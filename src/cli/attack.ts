import { readFileSync } from 'node:fs';
import { Clock } from '../common/clock.js';
import { parsedUrl } from '../common/net/parsed-url.js';
import { ATTACKS } from '../../attack/all-attacks.js';
import type { Attack } from '../../attack/attack.js';
import { runCampaign, type Result } from '../../attack/campaign.js';
import { groundOf } from '../../attack/ground-of.js';
import type { Ground } from '../../attack/ground.js';
import { ensureOwned } from '../../attack/ownership.js';
import { makeProof, WELL_KNOWN } from '../../attack/proof.js';
import { leftoversOf, lineOf, summaryOf } from '../../attack/report.js';
import { Target } from '../../attack/target.js';
import type { Surroundings } from './command.js';
import { CommandRefusal, UsageRefusal } from './command-refusal.js';

export interface AttackFlags {
  self?: true;
  prove?: true;
  target?: string;
  iOwn?: string;
  /** Path of a file that `--prove` made. */
  proof?: string;
  only?: string[];
  json?: true;
}

/**
 * Attacks an instance of one's own over HTTP and tells what got through. Throws CommandRefusal when
 * something did, UsageRefusal for a target that is not known to be one's own, that does not answer,
 * or of which nothing could be judged.
 */
export async function attack(surroundings: Surroundings, flags: AttackFlags): Promise<void> {
  const { io, settings } = surroundings;
  const origin = originOf(flags.target ?? settings.publicUrl);
  const now = new Clock().now();
  if (flags.prove) {
    io.output.write(makeProof(origin, settings, now));
    io.error.write(
      `Keep this in a file and serve its token at ${origin}${WELL_KNOWN}; then run attack --self --proof FILE.\n`,
    );
    return;
  }
  if (!flags.self)
    throw new UsageRefusal('This attacks your own instance, and makes accounts there: say --self.');
  const attacks = chosen(flags.only);
  const target = new Target(origin);
  try {
    const proof = flags.proof === undefined ? {} : { proof: contentOf(flags.proof) };
    const claim = { ...(flags.iOwn === undefined ? {} : { iOwn: flags.iOwn }), ...proof };
    const known = await ensureOwned(target, claim, settings, now);
    const ground = await groundOf(target, surroundings, now);
    if (!flags.json) io.output.write(`Attacking ${origin} (${known}; ${ground.phones.source})\n`);
    const results = await runCampaign(
      attacks,
      ground,
      (result) => flags.json ?? io.output.write(`${lineOf(result)}\n`),
    );
    io.output.write(
      flags.json
        ? inJson(ground, results)
        : `${summaryOf(results, target)}\n${leftoversOf(ground.cast)}\n`,
    );
    conclude(results);
  } finally {
    target.close();
  }
}

function originOf(typed: string): string {
  const url = parsedUrl(typed);
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.username !== ''
  )
    throw new UsageRefusal('--target must be an http or https origin without a path.');
  return url.origin;
}

function chosen(only: readonly string[] | undefined): readonly Attack[] {
  const names = ATTACKS.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageRefusal(`There is no attack ${unknown}. There are: ${names.join(', ')}.`);
  return only ? ATTACKS.filter(({ name }) => only.includes(name)) : ATTACKS;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageRefusal('The file of --proof cannot be read.');
  }
}

function inJson(
  { target: { origin, requests }, cast: { made, staying } }: Ground,
  attacks: readonly Result[],
): string {
  return `${JSON.stringify({ target: origin, requests, attacks, made, staying }, null, 2)}\n`;
}

function conclude(results: readonly Result[]): void {
  const failed = results.filter(({ outcome }) => outcome === 'fail').length;
  if (failed > 0) throw new CommandRefusal(`${failed} of ${results.length} attacks got through.`);
  if (results.every(({ outcome }) => outcome === 'skipped'))
    throw new UsageRefusal('Nothing could be judged.');
}
