import { days, hours, minutes, seconds } from '../../common/clock.js';
import { TEN_THOUSANDTHS } from '../../config/prices.js';
import type { SendLimitName } from '../../common/limits/send-limits.js';
import type { Settings } from '../../config/settings.js';
import {
  atMost,
  atMostUnanswered,
  growingWait,
  pausedUntil,
  type Rule,
} from '../../rate-limit/rules.js';

/** A wait by this name is nobody's fault: it is told as a time, not as a refusal. */
export const NUMBER_WAIT = 'number-wait';

/**
 * Registrations of a prefix or country of which hardly any code is typed in; conversions set when
 * it ends.
 */
export const lowConversion = pausedUntil('low-conversion');

/**
 * What messages may be sent, as the settings say (docs/limits.md). Those that guard a person's own
 * number, account and session are held whatever ABUSE_LIMITS says.
 */
export function sendRules(settings: Settings) {
  const { numberWait, most } = settings.sendLimits;
  const always = { always: true };
  const own = (name: SendLimitName, window: number): Rule =>
    atMost(most[name], window, name, always);
  const money = (
    name: SendLimitName,
    window: number,
    kind: typeof atMost | typeof atMostUnanswered = atMost,
  ): Rule => ofMoney(settings, kind(most[name], window, name));
  return {
    /** Forgotten after 10 quiet minutes. */
    numberWait: growingWait(numberWait.map(seconds), minutes(10), NUMBER_WAIT),
    numberShort: own('number-10-minutes', minutes(10)),
    numberDay: own('number-day', days(1)),
    accountDay: own('account-day', days(1)),
    /** Answered messages count here too: nobody shall earn by answering their own messages. */
    numberAllDay: atMost(
      most['number-day'] + most['answered-day'],
      days(1),
      'number-all-day',
      always,
    ),
    accountAllDay: atMost(
      most['account-day'] + most['answered-day'],
      days(1),
      'account-all-day',
      always,
    ),
    sessionShort: own('session-10-minutes', minutes(10)),
    addressHour: money('address-hour', hours(1), atMostUnanswered),
    addressDay: money('address-day', days(1), atMostUnanswered),
    /**
     * Numbers that differ in their last four digits only; registrations only, as all below but
     * `allDay`.
     */
    prefixPause: money('prefix-10-seconds', seconds(10)),
    prefixHour: money('prefix-hour', hours(1)),
    /** Less than a country may have, so that a few blocks do not use it up. */
    prefixDay: money('prefix-day', days(1)),
    foreignPrefixDay: money('foreign-prefix-day', days(1)),
    /**
     * Messages of registrations that their own session took back, which count for their block no
     * more.
     */
    prefixCorrections: own('prefix-corrections-day', days(1)),
    countryDay: money('country-day', days(1)),
    homeCountryDay: money('home-country-day', days(1)),
    rest: ofMoney(
      settings,
      lowConversion,
      'low-conversion-sends',
      'low-conversion-percent',
      'low-conversion-hours',
    ),
    /** What the operator allows to beginnings of numbers. */
    operatorPrefixes: settings.prefixLimits.map((limit) => ({
      prefix: limit.prefix,
      rule: atMost(limit.most, days(1), 'operator-prefix-day'),
    })),
    /** Everything a day, and what of it registrations may use: the rest is the log-ins' reserve. */
    allDay: money('all-day', days(1)),
    registrationsDay: money('registrations-day', days(1)),
    unchecked: uncheckedRules(settings),
    ...spendRules(settings),
  };
}

/** Registrations that go without a bot check where BOT_CHECK_WHEN=risk. */
export function uncheckedRules({ sendLimits: { most } }: Pick<Settings, 'sendLimits'>) {
  const unchecked = (name: SendLimitName, window: number): Rule =>
    atMost(most[name], window, name, { always: true });
  return {
    networkHour: unchecked('unchecked-network-hour', hours(1)),
    prefixHour: unchecked('unchecked-prefix-hour', hours(1)),
    countryDay: unchecked('unchecked-country-day', days(1)),
    homeCountryDay: unchecked('unchecked-home-country-day', days(1)),
  };
}

/**
 * A rule that guards money: only recorded where messages cost nothing, unless SEND_LIMITS names it,
 * or one of `names`.
 */
export function ofMoney(
  { sendsAreFree, sendLimits }: Settings,
  rule: Rule,
  ...names: readonly SendLimitName[]
): Rule {
  const isNamed = [rule.name, ...names].some((name) => sendLimits.named.has(name));
  return sendsAreFree && !isNamed ? { ...rule, isRecorded: true } : rule;
}

/**
 * What messages of a day may cost, and what of it registrations and notices may use; null without
 * DAILY_SPEND. Notices have half of what registrations leave: neither takes the log-ins' money.
 */
export function spendRules({ dailySpend }: Pick<Settings, 'dailySpend'>) {
  const spend = (amount: number, name: string): Rule | null =>
    dailySpend && atMost(Math.round(amount * TEN_THOUSANDTHS), days(1), name);
  const { all, registrations } = dailySpend ?? { all: 0, registrations: 0 };
  return {
    spendDay: spend(all, 'spend-day'),
    registrationsSpendDay: spend(registrations, 'registrations-spend-day'),
    noticesSpendDay: spend((all - registrations) / 2, 'notices-spend-day'),
  };
}

export type SendRules = ReturnType<typeof sendRules>;
