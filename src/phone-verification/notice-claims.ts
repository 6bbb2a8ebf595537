import { days, minutes } from '../common/clock.js';
import type { Claim } from '../rate-limit/budgets.js';
import { atMost } from '../rate-limit/rules.js';
import type { Notice, NoticeKind } from './notice.js';

const always = { always: true };

/** Notices that somebody can cause without getting into the account. */
const ATTEMPTS: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['wrong_codes', 'number_taken']);

/** One attempt of a kind at an account is told at once, the next ones not before this is over. */
export const attemptPause = atMost(1, minutes(10), 'notice-attempt-10-minutes', always);
/** Attempts that one number is told of: apart, so that whoever makes them cannot use up the notice of a change. */
const attemptsDay = atMost(3, days(1), 'notice-attempts-day', always);
/** Log-ins on new devices that one number is told of: apart, for whoever has the password makes as many as he likes. */
const devicesDay = atMost(5, days(1), 'notice-devices-day', always);
/** Changes that one number is told of. */
const changesDay = atMost(5, days(1), 'notice-changes-day', always);
/** All notices a day. Codes have a budget of their own, so neither can starve the other. */
export const allNoticesDay = atMost(1000, days(1), 'notices-all-day');

/** Every budget one notice draws on, taken together before anybody is asked to carry it (product rule 7). */
export function noticeClaims({ kind, userId, phoneNumber }: Notice): Claim[] {
  const all = { rule: allNoticesDay, subject: 'all' };
  if (kind === 'new_device') return [{ rule: devicesDay, subject: phoneNumber }, all];
  if (!ATTEMPTS.has(kind)) return [{ rule: changesDay, subject: phoneNumber }, all];
  return [{ rule: attemptPause, subject: [`${userId}`, kind] }, { rule: attemptsDay, subject: phoneNumber }, all];
}
