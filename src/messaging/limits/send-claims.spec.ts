import fc from 'fast-check';
import { loadSettings } from '../../load-settings.js';
import type { Claim } from '../../rate-limit/budgets.js';
import { SendClaims, type Send } from './send-claims.js';

const environment = {
  SECRET_KEY: 'a key of more than thirty-two characters',
  DAILY_SPEND: '50',
  PREFIX_LIMITS: '+1=100;+1415=5;+44=7',
};
const sends = new SendClaims(loadSettings(environment));
const registration: Send = {
  challenge: { purpose: 'register', phoneNumber: '+14152000100', userId: 7, sessionId: 8 },
  channel: 'sms',
  isConfirmed: false,
  deviceId: null,
  isVouched: false,
  address: '192.0.2.7',
};
const keys = (claims: readonly Claim[]) =>
  claims.map(({ rule, subject }) => `${rule.name} ${String(subject)}`);
const number = fc.constantFrom('+14152000100', '+14152000101', '+447400123456', '+919876543210');
const who = fc.record({
  userId: fc.integer({ min: 1, max: 99 }),
  sessionId: fc.integer({ min: 1, max: 99 }),
});

describe('what a message draws on', () => {
  it('registrations share nothing with log-ins but the budgets of the day, of which they have less', () => {
    fc.assert(
      fc.property(number, number, who, who, fc.ipV4(), (theirs, ours, stranger, owner, address) => {
        fc.pre(stranger.userId !== owner.userId && stranger.sessionId !== owner.sessionId);
        const asked = { channel: 'sms', deviceId: null, isVouched: false, address } as const;
        const theirChallenge = { purpose: 'register', phoneNumber: theirs, ...stranger } as const;
        const logIn = { purpose: 'login', phoneNumber: ours, ...owner } as const;
        const used = keys(sends.of({ ...asked, challenge: theirChallenge, isConfirmed: false }));
        const needed = keys(sends.of({ ...asked, challenge: logIn, isConfirmed: true }));
        expect(needed.filter((key) => used.includes(key))).toEqual([
          'all-day all',
          'spend-day all',
        ]);
        expect(used).toEqual(
          expect.arrayContaining(['registrations-day all', 'registrations-spend-day all']),
        );
      }),
    );
  });

  it('every beginning of the number that an operator named counts, and no other', () => {
    const claims = sends.of(registration);
    const ofOperator = keys(claims).filter((key) => key.startsWith('operator'));
    expect(ofOperator).toEqual(['operator-prefix-day +1', 'operator-prefix-day +1415']);
  });

  it('staff see of it neither a whole number nor a whole address of IPv6', () => {
    const claims = sends.of({ ...registration, address: '2001:db8:1:2:3::4' });
    const shown = new Set(claims.flatMap((claim) => claim.maskedSubject ?? []));
    expect([...shown].sort()).toEqual([
      '#7',
      '+1',
      '+1 ••••• •0100',
      '+1415',
      '+1415200',
      '+14152••',
      '2001:db8:1:2',
      'US',
      'all',
    ]);
  });

  it('accounts of the staff draw on nothing that registrations use up, though their number is not proven yet', () => {
    const needed = keys(sends.of({ ...registration, isVouched: true }));
    expect(needed.filter((key) => /regist|address|prefix|country|conversion/.test(key))).toEqual(
      [],
    );
    expect(needed).toEqual(
      expect.arrayContaining([
        'number-day unconfirmed:+14152000100',
        'account-day 7',
        'all-day all',
      ]),
    );
  });

  it('a country at rest is refused only where no bot check can be asked for; a block of numbers always', () => {
    const rests = (asked: SendClaims) =>
      keys(asked.of(registration)).filter((key) => key.startsWith('low-conversion'));
    expect(rests(sends)).toEqual(['low-conversion +1415200', 'low-conversion US']);
    expect(rests(new SendClaims(loadSettings({ ...environment, BOT_CHECK_WHEN: 'risk' })))).toEqual(
      ['low-conversion +1415200'],
    );
  });
});
