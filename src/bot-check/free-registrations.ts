import { Injectable } from '@nestjs/common';
import { networkOf } from '../common/net/ip-address.js';
import { Settings } from '../config/settings.js';
import { regionsOf } from '../messaging/limits/regions.js';
import { lowConversion, uncheckedRules } from '../messaging/limits/send-rules.js';
import { Budgets, type Claim } from '../rate-limit/budgets.js';

/**
 * The rule of BOT_CHECK_WHEN=risk: so many registrations go unchecked (docs/bot-check.md), those
 * after them look like a robot's, and so do all to a country where hardly any code is typed in.
 */
@Injectable()
export class FreeRegistrations {
  private readonly rules: ReturnType<typeof uncheckedRules>;

  constructor(
    private readonly budgets: Budgets,
    private readonly settings: Settings,
  ) {
    this.rules = uncheckedRules(settings);
  }

  /**
   * Takes one; the name of the limit when there is none left for this network, or for this number's
   * prefix or country. A right code gives those of network and prefix back.
   */
  async take(phoneNumber: string, address: string): Promise<string | null> {
    const [prefix, country] = regionsOf(phoneNumber);
    const { prefixHour, countryDay, homeCountryDay } = this.rules;
    const ofCountry =
      country.subject === this.settings.defaultCountry ? homeCountryDay : countryDay;
    const { refusal } = await this.budgets.take([
      this.ofNetwork(address),
      { rule: prefixHour, ...prefix },
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
    return { rule: this.rules.networkHour, subject: networkOf(address) };
  }
}
