import type { z } from 'zod';
import { SEND_LIMITS, sendLimits } from '../common/limits/send-limits.js';
import { prefixLimits } from './prefix-limits.js';
import { priceOf, pricesFile } from './prices.js';

/** What is said of a value. */
const said = (schema: z.ZodType, text: string): string[] =>
  schema.safeParse(text).error?.issues.map(({ message }) => message) ?? [];

describe('SEND_LIMITS', () => {
  it('keeps the defaults of what it does not name', () => {
    expect(sendLimits.parse(undefined)).toEqual({
      numberWait: [30, 40, 60, 90, 120],
      most: SEND_LIMITS,
      named: new Set(),
    });
    expect(sendLimits.parse(' number-day = 20; number-wait=10,20 ;')).toEqual({
      numberWait: [10, 20],
      most: { ...SEND_LIMITS, 'number-day': 20 },
      named: new Set(['number-day', 'number-wait']),
    });
  });

  it.each([
    ['number-dya=5', 'there is no limit "number-dya"'],
    ['toString=5', 'there is no limit "toString"'],
    ['number-day=-1', 'number-day must be a number up to 10000000'],
    ['number-day', 'number-day must be a number up to 10000000'],
    ['number-wait=0', 'number-wait must be seconds separated by commas, e.g. 30,60,120'],
    ['all-day=100', 'registrations-day must not be above all-day'],
    ['low-conversion-percent=101', 'low-conversion-percent must not be above 100'],
    ['low-conversion-hours=0', 'low-conversion-hours must be at least 1'],
    ['number-day=1=2', 'number-day has more than one "="'],
    ['number-day=1;number-day=2', 'number-day is there twice'],
    ['number-wait=10;number-wait=20', 'number-wait is there twice'],
  ])('refuses %s', (text, problem) => {
    expect(said(sendLimits, text)).toEqual([problem]);
  });
});

describe('PREFIX_LIMITS', () => {
  it('names beginnings of numbers and how many messages a day they get', () => {
    expect(prefixLimits.parse('+1264=20; +88213=0')).toEqual([
      { prefix: '+1264', most: 20 },
      { prefix: '+88213', most: 0 },
    ]);
  });

  it.each(['1264=20', '+1264', '+1264=x', '+1264=1;+1264=2'])('refuses %s', (text) => {
    expect(said(prefixLimits, text)).toHaveLength(1);
  });
});

describe('prices', () => {
  const prices = pricesFile.parse(undefined);

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
    expect(said(pricesFile, '/nowhere/prices.json')).toEqual(['cannot be read as JSON']);
    expect(said(pricesFile, 'package.json')).toHaveLength(1);
  });
});
