import type { ClientInfo } from '../common/net/client-info.js';
import { networkOf } from '../common/net/ip-address.js';
import type { Claim } from '../rate-limit/budgets.js';
import type { Challenge } from './challenge.entity.js';
import * as limits from './code-rules.js';
import type { VerificationProvider } from './providers/verification-provider.js';

/** Who types a code: from where, and on which confirmed device of the account. */
export interface Typist {
  client: ClientInfo;
  deviceId: number | null;
}

type Typed = Pick<Challenge, 'userId' | 'phoneNumber' | 'purpose'>;

/**
 * Where the wrong codes of an account are counted: over all its sessions, challenges and purposes,
 * or, on a confirmed device, by that device alone. A right one forgets them, but for those of the
 * day.
 */
export function accountClaims(
  challenge: Typed,
  deviceId: number | null,
  codeBelongsTo?: VerificationProvider['codeBelongsTo'],
) {
  const { userId, phoneNumber } = challenge;
  const subject = deviceId === null ? userId : ([`${userId}`, `device:${deviceId}`] as const);
  const ofNumber = {
    rule: limits.wrongCodesOfNumber,
    subject: `${registrationOrOwner(challenge)}:${phoneNumber}`,
  };
  // One code of the provider's serves all who ask for that number: a new account for every guess
  // must not bring new guesses at it. A code of our own is another one for each registration, and
  // only what was sent is a code: the messages of a number are counted, so its guesses are, and no
  // stranger's wrong ones stand in anybody's way.
  const isOfNumber = deviceId === null && codeBelongsTo === 'number';
  return {
    inARow: [{ rule: limits.wrongCodes, subject }, ...(isOfNumber ? [ofNumber] : [])],
    ofDay: [{ rule: limits.wrongCodesDay, subject }],
  } satisfies Record<string, Claim[]>;
}

/**
 * Where those of a network are counted; a right one only takes itself back. None on a confirmed
 * device.
 */
export function networkClaims(challenge: Typed, { client, deviceId }: Typist): Claim[] {
  if (deviceId !== null) return [];
  const subject = `${registrationOrOwner(challenge)}:${networkOf(client.address)}`;
  return [
    { rule: limits.wrongCodesOfAddress, subject },
    { rule: limits.codeAccountsOfAddress, subject, member: challenge.userId },
  ];
}

/** Under which names a network is counted. */
export const networkSubjects = (address: string): string[] =>
  REGISTRATION_OR_OWNER.map((which) => `${which}:${networkOf(address)}`);

const REGISTRATION_OR_OWNER = ['registration', 'owner'] as const;

/** Registrations are open to everybody, so what they count must not keep an owner out. */
const registrationOrOwner = ({ purpose }: Typed): (typeof REGISTRATION_OR_OWNER)[number] =>
  purpose === 'register' ? 'registration' : 'owner';
