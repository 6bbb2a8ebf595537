import { Injectable } from '@nestjs/common';
import { networkOf } from '../common/client-info.js';
import { callingCodeOf, countryOf, maskPhoneNumber, prefixOf } from '../common/phone-number.js';
import { priceOf } from '../config/prices.js';
import { Settings } from '../config/settings.js';
import type { Claim } from '../rate-limit/budgets.js';
import type { Rule } from '../rate-limit/rules.js';
import type { Challenge, Channel } from './challenge.entity.js';
import { lowConversion, sendRules, type SendRules } from './send-rules.js';

export interface Send {
  challenge: Pick<Challenge, 'purpose' | 'phoneNumber' | 'userId' | 'sessionId'>;
  channel: Channel;
  /** The number is already proven by this user: counted apart, so that a stranger cannot exhaust the owner's budget. */
  isConfirmed: boolean;
  /** The confirmed device it is asked for on: those of an account are counted apart, so that its password alone eats nothing. */
  deviceId: number | null;
  address: string;
  /** Staff made the account or changed its number: no stranger's registration, whose budgets an attack may have used up. */
  isVouched: boolean;
}

/** Every budget one message draws on (product rule 7), taken together before the provider is asked. */
@Injectable()
export class SendClaims {
  private readonly rules: SendRules;

  constructor(private readonly settings: Settings) {
    this.rules = sendRules(settings);
  }

  of({ challenge, channel, isConfirmed, deviceId, address, isVouched }: Send): Claim[] {
    const { rules } = this;
    const { phoneNumber, purpose, userId, sessionId } = challenge;
    const number = { subject: numberSubject(phoneNumber, { isConfirmed, deviceId }), shown: maskPhoneNumber(phoneNumber) };
    const everything = { subject: 'all', shown: 'all' };
    const cost = { ...everything, amount: priceOf(this.settings.prices, channel, countryOf(phoneNumber) ?? null) };
    const claims: Claim[] = [
      { rule: rules.numberWait, ...number },
      { rule: rules.numberShort, ...number },
      { rule: rules.numberDay, ...number },
      { rule: rules.accountDay, subject: deviceId === null ? userId : `devices:${userId}`, shown: `#${userId}` },
      { rule: rules.sessionShort, subject: sessionId },
      { rule: rules.allDay, ...everything },
      ...optional(rules.spendDay, cost),
    ];
    if (purpose !== 'register' || isVouched) return claims;
    return [
      ...claims,
      ...this.ofRegistration(phoneNumber, address),
      { rule: rules.registrationsDay, ...everything },
      ...optional(rules.registrationsSpendDay, cost),
    ];
  }

  /** False where the settings deny the country or the beginning of a number that nobody has proven yet. */
  isServed(phoneNumber: string): boolean {
    const { allowedCountries, prefixLimits } = this.settings;
    const isDenied = prefixLimits.some(({ prefix, most }) => most === 0 && phoneNumber.startsWith(prefix));
    return !isDenied && (allowedCountries === 'all' || allowedCountries.includes(countryOf(phoneNumber) ?? ''));
  }

  /** The wait between two messages to one number. */
  wait(phoneNumber: string, whose: Whose): Claim {
    return { rule: this.rules.numberWait, subject: numberSubject(phoneNumber, whose) };
  }

  /** Every such wait, whoever asked. */
  waits(phoneNumber: string): Claim[] {
    return STANDINGS.map((standing) => ({ rule: this.rules.numberWait, subject: `${standing}:${phoneNumber}` }));
  }

  /** What is counted of a network, whatever was sent. */
  ofNetwork(address: string): Claim[] {
    const network = { subject: networkOf(address), shown: networkOf(address) };
    return [{ rule: this.rules.addressHour, ...network }, { rule: this.rules.addressDay, ...network }];
  }

  private ofRegistration(phoneNumber: string, address: string): Claim[] {
    const { rules } = this;
    const [prefix, country] = regionsOf(phoneNumber);
    const isHome = country.subject === this.settings.defaultCountry;
    return [
      ...this.ofNetwork(address),
      { rule: rules.prefixPause, ...prefix },
      { rule: rules.prefixHour, ...prefix },
      { rule: isHome ? rules.prefixDay : rules.foreignPrefixDay, ...prefix },
      { rule: isHome ? rules.homeCountryDay : rules.countryDay, ...country },
      { rule: lowConversion, subject: prefix.subject, shown: prefix.subject },
      // With a bot check at hand a country at rest asks for it instead (FreeRegistrations).
      ...(this.settings.botCheck.when === 'never' ? [{ rule: lowConversion, ...country }] : []),
      ...rules.operatorPrefixes
        .filter((limit) => phoneNumber.startsWith(limit.prefix))
        .map((limit) => ({ rule: limit.rule, subject: limit.prefix, shown: limit.prefix })),
    ];
  }
}

interface Region {
  subject: string;
  shown: string;
}

/**
 * The block of numbers and the country that a number belongs to. Of a block two digits less are shown: with the last four, which
 * are told elsewhere, it would be the number.
 */
export function regionsOf(phoneNumber: string): [prefix: Region, country: Region] {
  const prefix = prefixOf(phoneNumber);
  const country = countryOf(phoneNumber) ?? `+${callingCodeOf(phoneNumber)}`;
  return [{ subject: prefix, shown: `${prefix.slice(0, -2)}••` }, { subject: country, shown: country }];
}

const optional = (rule: Rule | null, claim: Omit<Claim, 'rule'>): Claim[] => (rule ? [{ rule, ...claim }] : []);

/** Whose messages to a number are counted together. The devices of an account are one: each for itself would multiply them. */
const STANDINGS = ['device', 'confirmed', 'unconfirmed'] as const;
type Standing = (typeof STANDINGS)[number];
type Whose = Pick<Send, 'isConfirmed' | 'deviceId'>;

function numberSubject(phoneNumber: string, { isConfirmed, deviceId }: Whose): string {
  const standing: Standing = deviceId !== null ? 'device' : isConfirmed ? 'confirmed' : 'unconfirmed';
  return `${standing}:${phoneNumber}`;
}
