import { Injectable } from '@nestjs/common';
import { networkOf } from '../common/client-info.js';
import { days, hours } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import type { SendLimitName } from '../config/send-limits.js';
import { regionsOf } from '../phone-verification/send-claims.js';
import { lowConversion } from '../phone-verification/send-rules.js';
import { Budgets, type Claim } from '../rate-limit/budgets.js';
import { atMost, type Rule } from '../rate-limit/rules.js';

/**
 * The rule of BOT_CHECK_WHEN=risk: so many registrations go unchecked (docs/bot-check.md), those after them look like a robot's,
 * and so do all to a country where hardly any code is typed in.
 */
@Injectable()
export class FreeRegistrations {
  private readonly networkHour: Rule;
  private readonly prefixHour: Rule;
  private readonly countryDay: Rule;
  private readonly homeCountryDay: Rule;

  constructor(
    private readonly budgets: Budgets,
    private readonly settings: Settings,
  ) {
    const unchecked = (name: SendLimitName, window: number) =>
      atMost(settings.sendLimits.most[name], window, name, { always: true });
    this.networkHour = unchecked('unchecked-network-hour', hours(1));
    this.prefixHour = unchecked('unchecked-prefix-hour', hours(1));
    this.countryDay = unchecked('unchecked-country-day', days(1));
    this.homeCountryDay = unchecked('unchecked-home-country-day', days(1));
  }

  /** Takes one; the name of the limit when there is none left for this network, or for this number's prefix or country. */
  async take(phoneNumber: string, address: string): Promise<string | null> {
    const [prefix, country] = regionsOf(phoneNumber);
    const ofCountry = country.subject === this.settings.defaultCountry ? this.homeCountryDay : this.countryDay;
    const { refusal } = await this.budgets.take([
      this.ofNetwork(address),
      { rule: this.prefixHour, ...prefix },
      { rule: ofCountry, ...country },
      { rule: lowConversion, ...country },
    ]);
    return refusal?.limit ?? null;
  }

  /** Whether this network has one left: what can be told before there is a number. */
  async has(address: string): Promise<boolean> {
    return (await this.budgets.refusedUntil(this.ofNetwork(address))) === null;
  }

  private ofNetwork(address: string): Claim {
    return { rule: this.networkHour, subject: networkOf(address) };
  }
}
