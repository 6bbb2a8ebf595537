import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import {
  AccountEvents,
  type AccountEvent,
  type AccountEventName,
} from '../common/account-events.js';
import { isCountry } from '../common/phone/numbering-plan.js';
import { Metrics } from './metrics.js';

/** Stands where an event does not say, or says what is no word or country. */
const UNKNOWN = '??';

interface Counted {
  counter: Counter;
  labels: readonly string[];
}

/** Counts account events, by what they say of providers and limits; who it was is never asked. */
@Injectable()
export class AccountMetrics {
  private readonly counted: Partial<Record<AccountEventName, Counted>>;

  constructor(events: AccountEvents, metrics: Metrics) {
    this.counted = countersByEvent(metrics);
    events.listen((event) => this.count(event));
  }

  private count({ name, details = {} }: AccountEvent): void {
    const { counter, labels = [] } = this.counted[name] ?? {};
    counter?.inc(
      Object.fromEntries(labels.map((label) => [label, labelValue(label, details[label])])),
    );
  }
}

function countersByEvent(metrics: Metrics): Partial<Record<AccountEventName, Counted>> {
  const count = (name: string, help: string, ...labels: string[]): Counted => ({
    counter: metrics.counter(`ringback_${name}_total`, help, labels),
    labels,
  });
  const message = ['provider', 'channel', 'country'];
  const limits = count(
    'limits_reached',
    'Times a limit was reached, held or only recorded.',
    'limit',
  );
  return {
    'code.sent': count('codes_sent', 'Codes a provider took to be sent.', ...message),
    'code.not-sent': count('codes_not_sent', 'Codes that did not go out.', 'provider', 'outcome'),
    'code.right': count('codes_confirmed', 'Right codes.', ...message),
    'code.wrong': count('codes_wrong', 'Wrong codes.'),
    'notice.sent': count(
      'notices_sent',
      'Notices a provider took to be sent.',
      'notice',
      'provider',
      'country',
    ),
    'notice.not-sent': count(
      'notices_not_sent',
      'Notices that did not go out.',
      'notice',
      'outcome',
    ),
    'message.receipt': count('messages', 'Delivery receipts of messages.', ...message, 'status'),
    'session.opened': count('logins', 'Log-ins whose password was right.'),
    'password.wrong': count('passwords_wrong', 'Wrong passwords.'),
    'bot-check.refused': count(
      'bot_checks_refused',
      'Bot checks not passed, held or only recorded.',
      'reason',
    ),
    'provider.alarm-raised': count(
      'provider_alarms',
      'Refusals an operator has to mend.',
      'provider',
    ),
    'limit.low-conversion': count(
      'regions_rested',
      'Countries and blocks whose codes nobody types in.',
    ),
    'limit.reached': limits,
    'code.blocked': limits,
    'password.blocked': limits,
  };
}

// Words of ours begin with a letter and hold no long number; an address, a phone number or anything
// longer is none.
function labelValue(label: string, value: unknown): string {
  if (typeof value !== 'string') return UNKNOWN;
  const isKnown =
    label === 'country' ? isCountry(value) : /^(?!.*\d{3})[a-z][a-z\d_:-]{0,39}$/.test(value);
  return isKnown ? value : UNKNOWN;
}
