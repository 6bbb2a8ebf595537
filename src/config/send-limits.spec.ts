import { parsePrefixLimits } from './prefix-limits.js';
import { parsePrices, priceOf } from './prices.js';
import { parseSendLimits, SEND_LIMITS } from '../common/limits/send-limits.js';

describe('SEND_LIMITS', () => {
  it('keeps the defaults of what it does not name', () => {
    expect(parseSendLimits()).toEqual({
      sendLimits: { numberWait: [30, 40, 60, 90, 120], most: SEND_LIMITS },
      problems: [],
    });
    const { sendLimits, problems } = parseSendLimits(' number-day = 20; number-wait=10,20 ;');
    expect(sendLimits).toEqual({
      numberWait: [10, 20],
      most: { ...SEND_LIMITS, 'number-day': 20 },
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['number-dya=5', 'SEND_LIMITS: there is no limit "number-dya"'],
    ['toString=5', 'SEND_LIMITS: there is no limit "toString"'],
    ['number-day=-1', 'SEND_LIMITS: number-day must be a number up to 10000000'],
    ['number-day', 'SEND_LIMITS: number-day must be a number up to 10000000'],
    [
      'number-wait=0',
      'SEND_LIMITS: number-wait must be seconds separated by commas, e.g. 30,60,120',
    ],
    ['all-day=100', 'SEND_LIMITS: registrations-day must not be above all-day'],
    ['low-conversion-percent=101', 'SEND_LIMITS: low-conversion-percent must not be above 100'],
    ['low-conversion-hours=0', 'SEND_LIMITS: low-conversion-hours must be at least 1'],
    ['number-day=1=2', 'SEND_LIMITS: number-day has more than one "="'],
    ['number-day=1;number-day=2', 'SEND_LIMITS: number-day is there twice'],
    ['number-wait=10;number-wait=20', 'SEND_LIMITS: number-wait is there twice'],
  ])('refuses %s', (text, problem) => {
    expect(parseSendLimits(text).problems).toEqual([problem]);
  });
});

describe('PREFIX_LIMITS', () => {
  it('names beginnings of numbers and how many messages a day they get', () => {
    expect(parsePrefixLimits('+1264=20; +88213=0')).toEqual({
      prefixLimits: [
        { prefix: '+1264', most: 20 },
        { prefix: '+88213', most: 0 },
      ],
      problems: [],
    });
  });

  it.each(['1264=20', '+1264', '+1264=x', '+1264=1;+1264=2'])('refuses %s', (text) => {
    expect(parsePrefixLimits(text).problems).toHaveLength(1);
  });
});

describe('prices', () => {
  const { prices } = parsePrices(undefined);

  it('are by channel and country, in whole ten-thousandths, rounded up', () => {
    expect(priceOf(prices, 'sms', 'US')).toBe(100);
    expect(priceOf(prices, 'sms', 'XX')).toBe(1200);
    expect(priceOf(prices, 'sms', null)).toBe(1200);
    expect(priceOf(prices, 'call', 'US')).toBe(200);
    expect(priceOf(prices, 'whatsapp', 'US')).toBe(100);
    expect(priceOf({ sms: { '*': 0.00001 } }, 'sms', 'US')).toBe(1);
    expect(priceOf({ sms: { '*': 0.07 } }, 'sms', 'US')).toBe(700);
  });

  it('come from a file that is there and complete', () => {
    expect(parsePrices('/nowhere/prices.json').problems).toEqual([
      'PRICES_FILE: cannot be read as JSON',
    ]);
    expect(parsePrices('package.json').problems[0]).toMatch(/^PRICES_FILE: /);
  });
});
