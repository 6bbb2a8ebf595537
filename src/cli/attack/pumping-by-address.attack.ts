import type { Attack } from './attack.js';
import type { Ground } from './ground.js';
import { Breach, FREE, Unjudged } from './verdict.js';

/** More than an address gets in a day by default. */
const MOST = 40;

export const pumpingByAddress: Attack = {
  name: 'pumping-by-address',
  tries: `up to ${MOST} registrations from one address, then more that claim other addresses`,
  rule: 'product rule 7; ASVS 2.4.1, 4.1.3',
  failsWhen: `none of ${MOST} is refused its message, or a forged address gets one after the limit`,

  async run(ground) {
    const { phones, isRecordOnly } = ground;
    if (!phones.isEndless) throw new Unjudged('needs the local inbox: elsewhere its messages would be paid for');
    if (isRecordOnly) throw new Unjudged('ABUSE_LIMITS=record lets it through');
    const accepted = await pump(ground);
    const told = `${accepted} more messages went out before the limit`;
    return `${told}; ${await forge(ground)}`;
  },
};

async function pump(ground: Ground): Promise<number> {
  for (let accepted = 0; ; accepted += 1) {
    const { answer, isSent } = await register(ground);
    if (!isSent) return accepted;
    if (accepted === MOST - 1 && ground.isFree) throw new Unjudged(FREE);
    if (accepted === MOST - 1) throw new Breach(`${MOST} registrations from one address all got a message.`, answer);
  }
}

async function forge(ground: Ground): Promise<string> {
  if (ground.isTrusted) return 'forged addresses were not tried: this machine is one of TRUSTED_PROXIES';
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'true-client-ip']) {
    const { answer, isSent } = await register(ground, { [name]: name === 'forwarded' ? 'for=203.0.113.7' : '203.0.113.7' });
    if (isSent) throw new Breach('A forged address got a message after the limit.', answer);
  }
  return 'forged addresses got none after it';
}

async function register({ cast, phones }: Ground, headers: Record<string, string> = {}) {
  const phoneNumber = phones.next();
  const answer = await cast.ask({ username: cast.name(), phoneNumber, headers, isOnce: true });
  return { answer, isSent: (await phones.codeFor(phoneNumber)) !== '' };
}
