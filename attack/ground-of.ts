import { AddressList } from '../src/common/net/ip-address.js';
import { isLoopback } from '../src/common/net/local-network.js';
import type { Settings } from '../src/config/settings.js';
import type { Surroundings } from '../src/cli/command.js';
import { UsageRefusal } from '../src/cli/command-refusal.js';
import { Cast } from './cast.js';
import type { Ground } from './ground.js';
import { owingBy } from './owing.js';
import { InboxPhones, NoPhones, TestNumberPhones, type Phones } from './phones.js';
import type { Target } from './target.js';

/** From where a target on this machine is asked. */
const HERE = ['127.0.0.1', '::1'];

/**
 * Looks at the target: is it a Ringback, and where may codes come from. Throws UsageRefusal when no
 * Ringback answers.
 */
export async function groundOf(
  target: Target,
  surroundings: Surroundings,
  now: Date,
): Promise<Ground> {
  const { settings } = surroundings;
  const alive = await target.send({ method: 'GET', path: '/health/live' }).catch(() => null);
  if (!alive?.isSuccess || alive.json['status'] !== 'up')
    throw new UsageRefusal(`No Ringback answers at ${target.origin}.`);
  const phones = await phonesOf(target, settings, now);
  const trusted = new AddressList(settings.trustedProxies);
  return {
    target,
    phones,
    cast: new Cast(target, phones),
    owe: owingBy(surroundings, target.origin),
    isRecordOnly: settings.abuseLimits === 'record',
    isFree: settings.sendsAreFree,
    ofHour: settings.sendLimits.named.has('address-hour')
      ? settings.sendLimits.most['address-hour']
      : null,
    isTrusted:
      isLoopback(new URL(target.origin).hostname) && HERE.some((address) => trusted.has(address)),
  };
}

/**
 * Test numbers only of the very instance that the settings are of: to any other one they are
 * numbers like all others.
 */
async function phonesOf(
  target: Target,
  { publicUrl, testNumbers: { codes, until } }: Settings,
  now: Date,
): Promise<Phones> {
  const inbox = await target.send({ method: 'GET', path: '/dev/inbox.json' });
  if (inbox.isSuccess && Array.isArray(inbox.json['messages'])) return new InboxPhones(target);
  const isInForce = codes.size > 0 && (until === null || now <= until);
  return isInForce && target.origin === publicUrl ? new TestNumberPhones(codes) : new NoPhones();
}
