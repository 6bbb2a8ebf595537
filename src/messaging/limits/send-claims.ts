import { Injectable } from '@nestjs/common';
import type { Channel } from '../../common/channel.js';
import { networkOf } from '../../common/net/ip-address.js';
import { countryOf, maskPhoneNumber } from '../../common/phone/phone-number.js';
import { isServed } from '../../common/phone/served.js';
import { priceOf } from '../../config/prices.js';
import { Settings } from '../../config/settings.js';
import type { Claim } from '../../rate-limit/budgets.js';
import type { Rule } from '../../rate-limit/rules.js';
import { COUNTED_AS, type Asked, type Place, type CountedAs } from './place.js';
import { regionsOf, type Region } from './regions.js';
import { sendRules, type SendRules } from './send-rules.js';

export interface Send {
  challenge: Pick<Asked, 'purpose' | 'phoneNumber' | 'userId' | 'sessionId'>;
  channel: Channel;
  /**
   * The number is already proven by this user: counted apart, so that a stranger cannot exhaust the
   * owner's budget.
   */
  isConfirmed: boolean;
  /**
   * The confirmed device it is asked for on: those of an account are counted apart, so that its
   * password alone eats nothing.
   */
  deviceId: number | null;
  address: string;
  /**
   * Staff made the account or changed its number: no stranger's registration, whose budgets an
   * attack may have used up.
   */
  isVouched: boolean;
  /** The registration went without a bot check. */
  isUnchecked?: boolean;
}

/**
 * Every budget one message draws on (docs/rules.md 7), taken together before the provider is asked.
 */
@Injectable()
export class SendClaims {
  private readonly rules: SendRules;

  constructor(private readonly settings: Settings) {
    this.rules = sendRules(settings);
  }

  of(send: Send): Claim[] {
    const { challenge, channel } = send;
    const { rules } = this;
    const { phoneNumber, purpose } = challenge;
    const place = placeOf(send);
    const number = {
      subject: numberSubject(phoneNumber, place),
      maskedSubject: maskPhoneNumber(phoneNumber),
    };
    const everything = { subject: 'all', maskedSubject: 'all' };
    const cost = {
      ...everything,
      amount: priceOf(this.settings.prices, channel, countryOf(phoneNumber) ?? null),
    };
    const claims: Claim[] = [
      ...this.untilAnswered(challenge, place),
      { rule: rules.numberWait, ...number },
      { rule: rules.numberAllDay, ...number },
      { rule: rules.accountAllDay, ...accountSubject(challenge, place) },
      { rule: rules.allDay, ...everything },
      ...optional(rules.spendDay, cost),
    ];
    if (purpose !== 'register' || send.isVouched) return claims;
    return [
      ...claims,
      ...this.ofRegion(phoneNumber),
      { rule: rules.registrationsDay, ...everything },
      ...optional(rules.registrationsSpendDay, cost),
    ];
  }

  /**
   * What a right code gives back: the place of each message of its challenge. What counts is what
   * nobody answered.
   */
  answered(challenge: Pick<Asked, 'phoneNumber' | 'userId' | 'places'>): Claim[] {
    return (challenge.places ?? []).flatMap((place) =>
      [...this.untilAnswered(challenge, place), ...this.unchecked(challenge, place)].map(
        (claim) => ({ ...claim, answered: new Date(place.at) }),
      ),
    );
  }

  /** What a registration that is taken back leaves in the limits of its block of numbers. */
  ofBlocks({ phoneNumber, places }: Pick<Asked, 'phoneNumber' | 'places'>): Claim[] {
    const [block] = regionsOf(phoneNumber);
    const counted = (places ?? []).filter(({ network }) => network !== null);
    return counted.flatMap(({ at, isUnchecked }) => {
      const claims = this.ofBlock(block, this.isHome(phoneNumber));
      const unchecked = isUnchecked ? [{ rule: this.rules.unchecked.prefixHour, ...block }] : [];
      return [...claims, ...unchecked].map((claim) => ({ ...claim, answered: new Date(at) }));
    });
  }

  /** How often its block is given such places back. */
  correction({ phoneNumber, places }: Pick<Asked, 'phoneNumber' | 'places'>): Claim {
    const [{ subject }] = regionsOf(phoneNumber);
    return { rule: this.rules.prefixCorrections, subject, amount: places?.length ?? 0 };
  }

  /**
   * False where the settings deny the country or the beginning of a number that nobody has proven
   * yet.
   */
  isServed(phoneNumber: string): boolean {
    return isServed(phoneNumber, this.settings);
  }

  /** The wait between two messages to one number. */
  wait(phoneNumber: string, whose: Whose): Claim {
    return {
      rule: this.rules.numberWait,
      subject: numberSubject(phoneNumber, { standing: standingOf(whose) }),
    };
  }

  /** Every such wait, whoever asked. */
  waits(phoneNumber: string): Claim[] {
    return COUNTED_AS.map((standing) => ({
      rule: this.rules.numberWait,
      subject: numberSubject(phoneNumber, { standing }),
    }));
  }

  /** What is counted of a network. */
  ofNetwork(address: string): Claim[] {
    const network = { subject: networkOf(address), maskedSubject: networkOf(address) };
    return [
      { rule: this.rules.addressHour, ...network },
      { rule: this.rules.addressDay, ...network },
    ];
  }

  private untilAnswered(
    challenge: Pick<Asked, 'phoneNumber' | 'userId'>,
    place: Omit<Place, 'at'>,
  ): Claim[] {
    const { rules } = this;
    const { phoneNumber } = challenge;
    const number = {
      subject: numberSubject(phoneNumber, place),
      maskedSubject: maskPhoneNumber(phoneNumber),
    };
    const [block] = regionsOf(phoneNumber);
    return [
      { rule: rules.numberShort, ...number },
      { rule: rules.numberDay, ...number },
      { rule: rules.accountDay, ...accountSubject(challenge, place) },
      { rule: rules.sessionShort, subject: place.sessionId },
      ...(place.network === null
        ? []
        : [...this.ofNetwork(place.network), ...this.ofBlock(block, this.isHome(phoneNumber))]),
    ];
  }

  // Taken before its message, where the bot check was not asked for.
  private unchecked(
    { phoneNumber }: Pick<Asked, 'phoneNumber'>,
    { network, isUnchecked }: Place,
  ): Claim[] {
    if (!isUnchecked || network === null) return [];
    const { networkHour, prefixHour } = this.rules.unchecked;
    const [block] = regionsOf(phoneNumber);
    return [
      { rule: networkHour, subject: network },
      { rule: prefixHour, ...block },
    ];
  }

  private ofBlock(block: Region, isHome: boolean): Claim[] {
    const { prefixPause, prefixHour, prefixDay, foreignPrefixDay } = this.rules;
    return [prefixPause, prefixHour, isHome ? prefixDay : foreignPrefixDay].map((rule) => ({
      rule,
      ...block,
    }));
  }

  // Money: an answer does not give it back.
  private ofRegion(phoneNumber: string): Claim[] {
    const { rules } = this;
    const [prefix, country] = regionsOf(phoneNumber);
    return [
      { rule: this.isHome(phoneNumber) ? rules.homeCountryDay : rules.countryDay, ...country },
      { rule: rules.rest, subject: prefix.subject, maskedSubject: prefix.subject },
      // With a bot check at hand a country at rest asks for it instead (FreeRegistrations).
      ...(this.settings.botCheck.when === 'never' ? [{ rule: rules.rest, ...country }] : []),
      ...rules.operatorPrefixes
        .filter((limit) => phoneNumber.startsWith(limit.prefix))
        .map((limit) => ({ rule: limit.rule, subject: limit.prefix, maskedSubject: limit.prefix })),
    ];
  }

  private isHome(phoneNumber: string): boolean {
    return regionsOf(phoneNumber)[1].subject === this.settings.defaultCountry;
  }
}

/** Where a message is going to be counted. */
export function placeOf({
  challenge,
  isConfirmed,
  deviceId,
  isVouched,
  isUnchecked = false,
  address,
}: Send): Omit<Place, 'at'> {
  const isRegistration = challenge.purpose === 'register' && !isVouched;
  return {
    sessionId: challenge.sessionId,
    standing: standingOf({ isConfirmed, deviceId }),
    network: isRegistration ? networkOf(address) : null,
    ...(isUnchecked ? { isUnchecked } : {}),
  };
}

const optional = (rule: Rule | null, claim: Omit<Claim, 'rule'>): Claim[] =>
  rule ? [{ rule, ...claim }] : [];

type Whose = Pick<Send, 'isConfirmed' | 'deviceId'>;

const standingOf = ({ isConfirmed, deviceId }: Whose): CountedAs =>
  deviceId !== null ? 'device' : isConfirmed ? 'confirmed' : 'unconfirmed';

const numberSubject = (phoneNumber: string, { standing }: Pick<Place, 'standing'>): string =>
  `${standing}:${phoneNumber}`;

const accountSubject = (
  { userId }: Pick<Asked, 'userId'>,
  { standing }: Pick<Place, 'standing'>,
) => ({
  subject: standing === 'device' ? `devices:${userId}` : userId,
  maskedSubject: `#${userId}`,
});
