import { isLoopback } from '../../config/load-settings.js';
import type { Settings } from '../../config/settings.js';
import { UsageRefusal } from '../refusal.js';
import { Cast } from './cast.js';
import type { Ground } from './ground.js';
import { InboxPhones, NoPhones, TestNumberPhones, type Phones } from './phones.js';
import type { Target } from './target.js';

/** Looks at the target: is it a Ringback, and where may codes come from. Throws UsageRefusal when no Ringback answers. */
export async function groundOf(target: Target, settings: Settings, now: Date): Promise<Ground> {
  const alive = await target.send({ method: 'GET', path: '/health/live' }).catch(() => null);
  if (!alive?.isSuccess || alive.json['status'] !== 'up') throw new UsageRefusal(`No Ringback answers at ${target.origin}.`);
  const phones = await phonesOf(target, settings, now);
  return {
    target, phones,
    cast: new Cast(target, phones),
    isRecordOnly: settings.abuseLimits === 'record',
    isFree: settings.sendsAreFree,
    ofHour: settings.limitsNamed.has('address-hour') ? settings.sendLimits.most['address-hour'] : null,
    isTrusted: settings.trustedProxies.length > 0 && isLoopback(new URL(target.origin).hostname),
  };
}

/** Test numbers only of the very instance that the settings are of: to any other one they are numbers like all others. */
async function phonesOf(target: Target, { publicUrl, testNumbers: { codes, until } }: Settings, now: Date): Promise<Phones> {
  const inbox = await target.send({ method: 'GET', path: '/dev/inbox.json' });
  if (inbox.isSuccess && Array.isArray(inbox.json['messages'])) return new InboxPhones(target);
  const isInForce = codes.size > 0 && (until === null || now <= until);
  return isInForce && target.origin === publicUrl ? new TestNumberPhones(codes) : new NoPhones();
}
