import type { Attack } from './attack.js';
import { visit } from './calls.js';
import type { Ground } from './ground.js';
import { clockAt, stoppedBy } from './stopped-by.js';
import { Breach, FREE, Unjudged } from './verdict.js';

/** An operator may allow a network as many an hour; a higher setting is no limit. */
const MOST_MESSAGES = 40;
/**
 * What a network may have in an hour by default, and one more that its answered messages earn it.
 */
const OF_HOUR = 10 + 1;

export const pumpingByAddress: Attack = {
  name: 'pumping-by-address',
  tries: `up to ${MOST_MESSAGES} registrations from one address, then more that claim other addresses`,
  rule: 'docs/rules.md 7; ASVS 2.4.1, 4.1.3',
  failsWhen:
    'more go out than the limit of an hour lets through, or a forged address gets one after it',

  async run(ground) {
    const { phones, isRecordOnly } = ground;
    if (!phones.isEndless)
      throw new Unjudged('needs the local inbox: elsewhere its messages would be paid for');
    if (isRecordOnly) throw new Unjudged('ABUSE_LIMITS=record lets it through');
    const told = await pump(ground);
    return `${told}; ${await forge(ground)}`;
  },
};

async function pump(ground: Ground): Promise<string> {
  const limit =
    ground.ofHour !== null && ground.ofHour <= MOST_MESSAGES ? ground.ofHour + 1 : OF_HOUR;
  let now = clockAt(await visit(ground.target, '/health/live'));
  for (let accepted = 0; ; accepted += 1) {
    const { answer, isSent } = await register(ground);
    if (!isSent) {
      const stop = await stoppedBy(ground.target, answer, now);
      if (stop !== 'hour of the network')
        throw new Unjudged(`limited: another limit stopped it first (${stop})`);
      return `${accepted} more messages went out before the limit (${stop})`;
    }
    if (accepted === limit && ground.isFree) throw new Unjudged(FREE);
    if (accepted === limit)
      throw new Breach(`${accepted + 1} registrations of one address all got a message.`, answer);
    now = clockAt(answer);
  }
}

async function forge(ground: Ground): Promise<string> {
  if (ground.isTrusted)
    return 'forged addresses were not tried: this machine is one of TRUSTED_PROXIES';
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'true-client-ip']) {
    const { answer, isSent } = await register(ground, {
      [name]: name === 'forwarded' ? 'for=203.0.113.7' : '203.0.113.7',
    });
    if (isSent) throw new Breach('A forged address got a message after the limit.', answer);
  }
  return 'forged addresses got none after it';
}

async function register({ cast, phones }: Ground, headers: Record<string, string> = {}) {
  const phoneNumber = phones.next();
  const answer = await cast.ask({ username: cast.name(), phoneNumber, headers });
  return { answer, isSent: (await phones.codeFor(phoneNumber)) !== '' };
}
