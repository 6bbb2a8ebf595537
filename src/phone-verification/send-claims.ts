import { networkOf } from '../common/client-info.js';
import { callingCodeOf, countryOf, prefixOf } from '../common/phone-number.js';
import type { Claim } from '../rate-limit/budgets.js';
import type { Challenge } from './challenge.entity.js';
import * as limits from './limits.js';

export interface Send {
  challenge: Pick<Challenge, 'purpose' | 'phoneNumber' | 'userId' | 'sessionId'>;
  /** The number is already proven by this user: counted apart, so that a stranger cannot exhaust the owner's budget. */
  isConfirmed: boolean;
  /** The confirmed device it is asked for on: those of an account are counted apart, so that its password alone eats nothing. */
  deviceId: number | null;
  address: string;
  homeCountry: string;
}

/** Every budget one message draws on (product rule 7), taken together before the provider is asked. */
export function sendClaims({ challenge, isConfirmed, deviceId, address, homeCountry }: Send): Claim[] {
  const number = numberSubject(challenge.phoneNumber, { isConfirmed, deviceId });
  const claims: Claim[] = [
    { rule: limits.numberWait, subject: number },
    { rule: limits.numberShort, subject: number },
    { rule: limits.numberDay, subject: number },
    { rule: limits.accountDay, subject: deviceId === null ? challenge.userId : `devices:${challenge.userId}` },
    { rule: limits.sessionShort, subject: challenge.sessionId },
    { rule: limits.allDay, subject: 'all' },
  ];
  if (challenge.purpose === 'register') claims.push(...registrationClaims(challenge.phoneNumber, address, homeCountry));
  return claims;
}

function registrationClaims(phoneNumber: string, address: string, homeCountry: string): Claim[] {
  const prefix = prefixOf(phoneNumber);
  const country = countryOf(phoneNumber);
  const network = networkOf(address);
  return [
    { rule: limits.addressHour, subject: network },
    { rule: limits.addressDay, subject: network },
    { rule: limits.prefixPause, subject: prefix },
    { rule: limits.prefixHour, subject: prefix },
    {
      rule: country === homeCountry ? limits.homeCountryDay : limits.countryDay,
      subject: country ?? `+${callingCodeOf(phoneNumber)}`,
    },
    { rule: limits.registrationsDay, subject: 'all' },
  ];
}

/** Whose messages to a number are counted together. The devices of an account are one: each for itself would multiply them. */
export const ALL_STANDINGS = ['device', 'confirmed', 'unconfirmed'] as const;
type Standing = (typeof ALL_STANDINGS)[number];

export function numberSubject(phoneNumber: string, { isConfirmed, deviceId }: Pick<Send, 'isConfirmed' | 'deviceId'>): string {
  const standing: Standing = deviceId !== null ? 'device' : isConfirmed ? 'confirmed' : 'unconfirmed';
  return `${standing}:${phoneNumber}`;
}
