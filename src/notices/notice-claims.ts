import { Injectable } from '@nestjs/common';
import { days, minutes } from '../common/clock.js';
import { countryOf, maskPhoneNumber } from '../common/phone/phone-number.js';
import { priceOf } from '../config/prices.js';
import { Settings } from '../config/settings.js';
import type { Claim } from '../rate-limit/budgets.js';
import { atMost, type Rule } from '../rate-limit/rules.js';
import type { Notice, NoticeKind } from './notice.js';
import { ofMoney, spendRules } from '../messaging/limits/send-rules.js';

const always = { always: true };

/** Notices that somebody can cause without getting into the account. */
const ATTEMPTS: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['wrong_codes', 'number_taken']);

/** One attempt of a kind at an account is told at once, the next ones not before this is over. */
export const attemptPause = atMost(1, minutes(10), 'notice-attempt-10-minutes', always);

/**
 * Every budget one notice draws on (docs/rules.md 7), taken together before anybody is asked to
 * carry it.
 */
@Injectable()
export class NoticeClaims {
  /**
   * Attempts that one number is told of: apart, so that whoever makes them cannot use up the notice
   * of a change.
   */
  private readonly attemptsDay: Rule;
  /**
   * Log-ins on new devices that one number is told of: apart, because a thief of the password can
   * make any number of them.
   */
  private readonly devicesDay: Rule;
  /** Changes that one number is told of. */
  private readonly changesDay: Rule;
  /** All notices a day. Codes have a budget of their own, so neither can starve the other. */
  private readonly allDay: Rule;
  private readonly spend: readonly Rule[];

  constructor(private readonly settings: Settings) {
    const { most } = settings.sendLimits;
    this.attemptsDay = atMost(most['notice-attempts-day'], days(1), 'notice-attempts-day', always);
    this.devicesDay = atMost(most['notice-devices-day'], days(1), 'notice-devices-day', always);
    this.changesDay = atMost(most['notice-changes-day'], days(1), 'notice-changes-day', always);
    this.allDay = ofMoney(settings, atMost(most['notices-all-day'], days(1), 'notices-all-day'));
    const { spendDay, noticesSpendDay } = spendRules(settings);
    this.spend = [spendDay, noticesSpendDay].filter((rule) => rule !== null);
  }

  of(notice: Notice): Claim[] {
    const { prices } = this.settings;
    const everything = { subject: 'all', maskedSubject: 'all' };
    const cost = {
      ...everything,
      amount: priceOf(prices, 'sms', countryOf(notice.phoneNumber) ?? null),
    };
    return [
      ...this.ofNumber(notice),
      { rule: this.allDay, ...everything },
      ...this.spend.map((rule) => ({ rule, ...cost })),
    ];
  }

  private ofNumber({ kind, userId, phoneNumber }: Notice): Claim[] {
    const number = { subject: phoneNumber, maskedSubject: maskPhoneNumber(phoneNumber) };
    if (kind === 'new_device') return [{ rule: this.devicesDay, ...number }];
    if (!ATTEMPTS.has(kind)) return [{ rule: this.changesDay, ...number }];
    return [
      { rule: attemptPause, subject: [`${userId}`, kind], maskedSubject: `#${userId}` },
      { rule: this.attemptsDay, ...number },
    ];
  }
}
