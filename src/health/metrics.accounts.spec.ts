import fc from 'fast-check';
import {
  AccountEvents,
  type AccountEvent,
  type AccountEventName,
} from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { AccountMetrics } from './metrics.accounts.js';
import { Metrics } from './metrics.js';

describe('account events in numbers', () => {
  const client = { ...LOCAL_CLIENT, address: '192.0.2.7' };
  let events: AccountEvents;
  let metrics: Metrics;
  beforeEach(() => {
    events = new AccountEvents();
    metrics = new Metrics();
    new AccountMetrics(events, metrics);
  });

  const emit = (name: AccountEventName, details?: AccountEvent['details']) =>
    events.emit({ name, userId: 4711, client, ...(details ? { details } : {}) });
  const text = () => metrics.metrics();
  const counted = async () =>
    (await text()).split('\n').filter((line) => /^[^#]/.test(line) && !line.endsWith(' 0'));
  const message = { purpose: 'login', provider: 'self:http', channel: 'sms', country: 'IN' };

  it.each<[AccountEventName, AccountEvent['details'], string]>([
    [
      'code.sent',
      message,
      'ringback_codes_sent_total{provider="self:http",channel="sms",country="IN"} 2',
    ],
    [
      'code.right',
      message,
      'ringback_codes_confirmed_total{provider="self:http",channel="sms",country="IN"} 2',
    ],
    [
      'code.not-sent',
      { provider: 'twilio-verify', outcome: 'unavailable' },
      'ringback_codes_not_sent_total{provider="twilio-verify",outcome="unavailable"} 2',
    ],
    ['code.wrong', { purpose: 'login', attempts_left: 3 }, 'ringback_codes_wrong_total 2'],
    [
      'notice.sent',
      { notice: 'new_device', provider: 'self:http', country: 'IN' },
      'ringback_notices_sent_total{notice="new_device",provider="self:http",country="IN"} 2',
    ],
    [
      'notice.not-sent',
      { notice: 'new_device', outcome: 'no_sender' },
      'ringback_notices_not_sent_total{notice="new_device",outcome="no_sender"} 2',
    ],
    [
      'message.receipt',
      { ...message, status: 'delivered' },
      'ringback_messages_total{provider="self:http",channel="sms",country="IN",status="delivered"} 2',
    ],
    [
      'provider.alarm-raised',
      { provider: 'self:plivo' },
      'ringback_provider_alarms_total{provider="self:plivo"} 2',
    ],
    [
      'limit.reached',
      { limit: 'number-10-minutes', held: true },
      'ringback_limits_reached_total{limit="number-10-minutes"} 2',
    ],
    ['limit.low-conversion', { region: '+1415200' }, 'ringback_regions_rested_total 2'],
    [
      'bot-check.refused',
      { reason: 'used', held: true },
      'ringback_bot_checks_refused_total{reason="used"} 2',
    ],
    [
      'code.blocked',
      { limit: 'wrong-codes' },
      'ringback_limits_reached_total{limit="wrong-codes"} 2',
    ],
    [
      'password.blocked',
      { limit: 'wrong-passwords' },
      'ringback_limits_reached_total{limit="wrong-passwords"} 2',
    ],
    ['session.opened', { state: 'active' }, 'ringback_logins_total 2'],
    ['password.wrong', { username: 'abcdef0123456789' }, 'ringback_passwords_wrong_total 2'],
  ])('%s %j counts as %s', async (name, details, line) => {
    emit(name, details);
    emit(name, details);
    expect(await counted()).toEqual([line]);
  });

  it('those without labels are there before anything happened', async () => {
    expect(await text()).toContain('\nringback_codes_wrong_total 0\n');
    expect(await text()).toContain('\nringback_logins_total 0\n');
    expect(await text()).toContain('\nringback_passwords_wrong_total 0\n');
  });

  it('each name stands once', async () => {
    const names = [...(await text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names).toHaveLength(13);
    expect(new Set(names).size).toBe(13);
  });

  it('events that are not counted change nothing', async () => {
    emit('user.registered');
    emit('session.ended');
    expect(await counted()).toEqual([]);
  });

  it.each(['XX', 'in', 'India', '', 'toString'])('%j is an unknown country', async (country) => {
    emit('code.sent', { ...message, country });
    expect(await counted()).toEqual([
      'ringback_codes_sent_total{provider="self:http",channel="sms",country="??"} 1',
    ]);
  });

  it('what an event does not say, or says in anything but a word, is unknown', async () => {
    emit('code.sent');
    emit('code.sent', { provider: '+14155550100', channel: 'alice@example.org', country: true });
    emit('code.sent', { provider: 'n14155550100', channel: 'a'.repeat(41), country: 1 });
    expect(await counted()).toEqual([
      'ringback_codes_sent_total{provider="??",channel="??",country="??"} 3',
    ]);
  });

  it('no label ever holds a number, an address or a name with blanks, and no event makes the listener throw', async () => {
    const detail = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.ipV4(),
      fc.constantFrom('+14155550100', 'Ann Lee'),
    );
    const details = fc.dictionary(
      fc.constantFrom('provider', 'channel', 'country', 'status', 'outcome', 'limit'),
      detail,
    );
    const name = fc.constantFrom<AccountEventName>(
      'code.sent',
      'code.not-sent',
      'message.receipt',
      'limit.reached',
    );
    fc.assert(
      fc.property(name, details, (event, given) => {
        emit(event, given);
      }),
    );
    const values = [...(await text()).matchAll(/(\w+)="(.*?)"[,}]/g)].map(
      ([, label, value]) => `${label} ${value}`,
    );
    for (const value of values)
      expect(value).toMatch(/^(\w+ \?\?|country [A-Z]{2}|(?!.*\d{3})\w+ [a-z][a-z0-9_:-]*)$/);
  });
});
