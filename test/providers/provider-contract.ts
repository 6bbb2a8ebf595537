import type {
  CheckResult,
  ProviderChallenge,
  Sending,
  VerificationProvider,
} from '../../src/phone-verification/providers/verification-provider.js';
import type { RefusalReason, SendResult } from '../../src/messaging/vendors/sms-sender.js';

/** What can go wrong on the way to a provider, in the words of any HTTP service. */
export type Trouble =
  | 'refused connection'
  | 'bad TLS'
  | 'no answer in time'
  | 'half an answer in time'
  | 'reset without an answer'
  | 'reset mid-answer'
  | 'redirect'
  | '429 without Retry-After'
  | '429 with Retry-After: 30'
  | '500'
  | 'bad key'
  | 'suspended account'
  | 'HTML instead of JSON'
  | 'empty answer'
  | 'truncated JSON'
  | 'success as a string';

export interface ProviderFixture {
  provider: VerificationProvider;
  /** The code that the person got for this challenge's number. */
  codeFor(challenge: ProviderChallenge): string;
  /** How many messages went out. */
  sentCount(): number;
  /** What was said to the operator. */
  sentences(): readonly string[];
  /** From now on the provider's service is in this trouble. */
  cause?(trouble: Trouble): void | Promise<void>;
  /** A number that the service refuses for this reason. */
  refusedNumber?(reason: RefusalReason): string;
  /** Lets the ten minutes of a code pass. */
  expire?(): void;
  close?(): Promise<void>;
}

/**
 * What a provider can show of these. All is left out unless told, for not every provider has a
 * network or a memory.
 */
export interface Abilities {
  startTroubles?: readonly Trouble[];
  checkTroubles?: readonly Trouble[];
  refuses?: readonly RefusalReason[];
  /** It knows by itself which codes are used or expired. */
  forgets?: boolean;
}

/** A start: was something sent? Only a state nobody can be sure of is `unknown`. */
const STARTS: Readonly<Record<Trouble, SendResult>> = {
  'refused connection': { outcome: 'unavailable' },
  'bad TLS': { outcome: 'unavailable' },
  'no answer in time': { outcome: 'unknown' },
  'half an answer in time': { outcome: 'unknown' },
  'reset without an answer': { outcome: 'unknown' },
  'reset mid-answer': { outcome: 'unknown' },
  redirect: { outcome: 'unavailable' },
  '429 without Retry-After': { outcome: 'throttled' },
  '429 with Retry-After: 30': { outcome: 'throttled', retryAfter: 30 },
  '500': { outcome: 'unavailable' },
  'bad key': { outcome: 'unavailable' },
  'suspended account': { outcome: 'unavailable' },
  'HTML instead of JSON': { outcome: 'unknown' },
  'empty answer': { outcome: 'unknown' },
  'truncated JSON': { outcome: 'unknown' },
  'success as a string': { outcome: 'unknown' },
};

/** A check: was the code compared? `not_compared` gives a try back freely, so it needs proof. */
const CHECKS: Readonly<Record<Trouble, CheckResult['outcome']>> = {
  'refused connection': 'not_compared',
  'bad TLS': 'not_compared',
  'no answer in time': 'unknown',
  'half an answer in time': 'unknown',
  'reset without an answer': 'unknown',
  'reset mid-answer': 'unknown',
  redirect: 'unknown',
  '429 without Retry-After': 'not_compared',
  '429 with Retry-After: 30': 'not_compared',
  '500': 'unknown',
  'bad key': 'not_compared',
  'suspended account': 'unknown',
  'HTML instead of JSON': 'unknown',
  'empty answer': 'unknown',
  'truncated JSON': 'unknown',
  'success as a string': 'unknown',
};

export const TROUBLES = Object.keys(STARTS) as Trouble[];

export const challengeFor = (phoneNumber: string, change: Partial<Sending> = {}): Sending => ({
  phoneNumber,
  channel: 'sms',
  nonce: 'k1.AAECAwQFBgcICQoLDA0ODw',
  providerReference: null,
  locale: 'en',
  ttl: 600,
  messageReference: 'AAECAwQFBgcICQoLDA0ODw',
  ...change,
});

/** A code of the same length that differs in every digit. */
export const wrongCode = (code: string): string =>
  code.replace(/\d/g, (digit) => `${(Number(digit) + 1) % 10}`);

/** The rules every provider keeps, whoever makes the code. `can` names the parts that apply. */
export function providerContract(
  name: string,
  makeFixture: () => Promise<ProviderFixture>,
  can: Abilities = {},
): void {
  describe(`${name} keeps the contract of verification providers`, () => {
    const challenge = challengeFor('+14155550100');
    let fixture: ProviderFixture;

    beforeEach(async () => {
      fixture = await makeFixture();
    });
    afterEach(() => fixture.close?.());

    const start = (who = challenge) => fixture.provider.start(who);
    const outcomeOf = async (code: string, who = challenge) =>
      (await fixture.provider.check(who, code)).outcome;

    it('sends one message with a code of 6 digits', async () => {
      expect(await start()).toMatchObject({ outcome: 'sent' });
      expect(fixture.sentCount()).toBe(1);
      expect(fixture.codeFor(challenge)).toMatch(/^\d{6}$/);
    });

    it('sends the same code again when asked again', async () => {
      await start();
      const code = fixture.codeFor(challenge);
      expect(await start()).toMatchObject({ outcome: 'sent' });
      expect(fixture.sentCount()).toBe(2);
      expect(fixture.codeFor(challenge)).toBe(code);
    });

    it('calls when the channel is a call', async () => {
      const call = challengeFor('+14155550100', { channel: 'call' });
      expect(await start(call)).toMatchObject({ outcome: 'sent' });
      expect(await outcomeOf(fixture.codeFor(call), call)).toBe('right');
    });

    it('knows the right code from a wrong one', async () => {
      await start();
      const code = fixture.codeFor(challenge);
      expect(await outcomeOf(wrongCode(code))).toBe('wrong');
      expect(await outcomeOf(code)).toBe('right');
    });

    it.each(['', '0', ' ', '1234567', '١٢٣٤٥٦'])('never finds %j right', async (code) => {
      await start();
      expect(await outcomeOf(code)).not.toBe('right');
    });

    it('does not take the code of another number', async () => {
      const other = challengeFor('+14155550101');
      await start();
      await start(other);
      const codes = [fixture.codeFor(challenge), fixture.codeFor(other)] as const;
      // One time in a million both are the same by chance.
      expect(await outcomeOf(codes[1])).toBe(codes[0] === codes[1] ? 'right' : 'wrong');
    });

    it('says nothing to the operator while all is well', async () => {
      await start();
      await outcomeOf(wrongCode(fixture.codeFor(challenge)));
      expect(fixture.sentences()).toEqual([]);
    });

    if (can.forgets) {
      it('does not take a code twice', async () => {
        await start();
        const code = fixture.codeFor(challenge);
        expect(await outcomeOf(code)).toBe('right');
        expect(await outcomeOf(code)).toBe('gone');
      });

      it('does not take a code after it expired', async () => {
        await start();
        fixture.expire?.();
        expect(await outcomeOf(fixture.codeFor(challenge))).toBe('gone');
      });

      it('knows nothing of a number to which it sent nothing', async () => {
        expect(await outcomeOf('123456')).toBe('gone');
      });
    }

    for (const reason of can.refuses ?? []) {
      it(`refuses a number for good: ${reason}`, async () => {
        const number = fixture.refusedNumber?.(reason) ?? '';
        expect(await start(challengeFor(number))).toEqual({ outcome: 'refused', reason });
        expect(fixture.sentCount()).toBe(0);
      });
    }

    for (const trouble of can.startTroubles ?? []) {
      it(`start, ${trouble}: ${STARTS[trouble].outcome}`, async () => {
        await fixture.cause?.(trouble);
        expect(await start()).toEqual(STARTS[trouble]);
      });
    }

    for (const trouble of can.checkTroubles ?? []) {
      it(`check of the right code, ${trouble}: ${CHECKS[trouble]}`, async () => {
        await start();
        await fixture.cause?.(trouble);
        expect(await outcomeOf(fixture.codeFor(challenge))).toBe(CHECKS[trouble]);
      });
    }
  });
}
