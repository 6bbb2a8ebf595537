import { Injectable } from '@nestjs/common';
import { networkOf } from '../common/client-info.js';
import { days, hours } from '../common/clock.js';
import { callingCodeOf, countryOf, prefixOf } from '../common/phone-number.js';
import { Settings } from '../config/settings.js';
import { Budgets, type Claim } from '../rate-limit/budgets.js';
import { atMost } from '../rate-limit/rules.js';

const always = { always: true };

// A network's are a household's; the others are half of what may be sent there at all (docs/bot-check.md).
const networkHour = atMost(3, hours(1), 'unchecked-network', always);
const prefixHour = atMost(10, hours(1), 'unchecked-prefix', always);
const countryDay = atMost(25, days(1), 'unchecked-country', always);
const homeCountryDay = atMost(500, days(1), 'unchecked-home-country', always);

/** The rule of BOT_CHECK_WHEN=risk: so many registrations go unchecked, those after them look like a robot's. */
@Injectable()
export class FreeRegistrations {
  constructor(
    private readonly budgets: Budgets,
    private readonly settings: Settings,
  ) {}

  /** Takes one; false when there is none left for this network, or for this number's prefix or country. */
  async take(phoneNumber: string, address: string): Promise<boolean> {
    const country = countryOf(phoneNumber);
    const { refusal } = await this.budgets.take([
      ofNetwork(address),
      { rule: prefixHour, subject: prefixOf(phoneNumber) },
      {
        rule: country === this.settings.defaultCountry ? homeCountryDay : countryDay,
        subject: country ?? `+${callingCodeOf(phoneNumber)}`,
      },
    ]);
    return refusal === null;
  }

  /** Whether this network has one left: what can be told before there is a number. */
  async has(address: string): Promise<boolean> {
    return (await this.budgets.refusedUntil(ofNetwork(address))) === null;
  }
}

const ofNetwork = (address: string): Claim => ({ rule: networkHour, subject: networkOf(address) });
