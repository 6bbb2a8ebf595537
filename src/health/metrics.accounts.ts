import { Injectable } from '@nestjs/common';
import {
  AccountEvents,
  type AccountEvent,
  type AccountEventName,
} from '../common/account-events.js';
import { isCountry } from '../common/phone/phone-metadata.js';
import { Counter } from './metrics.counter.js';
import type { MetricFamily } from './metrics.family.js';

/** Stands where an event does not say, or says what is no word or country. */
const UNKNOWN = '??';

/** Counts account events, by what they say of providers and limits; who it was is never asked. */
@Injectable()
export class AccountMetrics {
  private readonly counters = countersByEvent();

  constructor(events: AccountEvents) {
    events.listen((event) => this.count(event));
  }

  families(): readonly MetricFamily[] {
    return [...new Set(Object.values(this.counters))];
  }

  private count({ name, details = {} }: AccountEvent): void {
    const counter = this.counters[name];
    counter?.add(...counter.labelNames.map((label) => labelValue(label, details[label])));
  }
}

function countersByEvent(): Partial<Record<AccountEventName, Counter>> {
  const limits = new Counter(
    'ringback_limits_reached_total',
    'Times a limit was reached, held or only recorded.',
    ['limit'],
  );
  const message = ['provider', 'channel', 'country'];
  const notice = ['notice', 'provider', 'country'];
  return {
    'code.sent': new Counter(
      'ringback_codes_sent_total',
      'Codes a provider took to be sent.',
      message,
    ),
    'code.not-sent': new Counter('ringback_codes_not_sent_total', 'Codes that did not go out.', [
      'provider',
      'outcome',
    ]),
    'code.right': new Counter('ringback_codes_confirmed_total', 'Right codes.', message),
    'code.wrong': new Counter('ringback_codes_wrong_total', 'Wrong codes.'),
    'notice.sent': new Counter(
      'ringback_notices_sent_total',
      'Notices a provider took to be sent.',
      notice,
    ),
    'notice.not-sent': new Counter(
      'ringback_notices_not_sent_total',
      'Notices that did not go out.',
      ['notice', 'outcome'],
    ),
    'message.receipt': new Counter('ringback_messages_total', 'Delivery receipts of messages.', [
      ...message,
      'status',
    ]),
    'session.opened': new Counter('ringback_logins_total', 'Log-ins whose password was right.'),
    'password.wrong': new Counter('ringback_passwords_wrong_total', 'Wrong passwords.'),
    'bot-check.refused': new Counter(
      'ringback_bot_checks_refused_total',
      'Bot checks not passed, held or only recorded.',
      ['reason'],
    ),
    'provider.alarm-raised': new Counter(
      'ringback_provider_alarms_total',
      'Refusals an operator has to mend.',
      ['provider'],
    ),
    'limit.low-conversion': new Counter(
      'ringback_regions_rested_total',
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
