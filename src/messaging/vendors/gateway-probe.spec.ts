import type { Exchange } from '../../common/net/bounded-fetch.js';
import { probeOf } from './gateway-probe.js';
import type { Probe } from './sms-sender.js';

const now = new Date('2026-03-01T12:00:00Z');
const fine: Probe = { isGood: true, sentence: 'Gate accepts our credentials.' };

const answer = (status: number, body: string | null, date?: string): Exchange => ({
  outcome: 'answered',
  status,
  headers: new Headers(date === undefined ? {} : { Date: date }),
  body,
});

const probe = (exchange: Exchange) =>
  probeOf(exchange, {
    name: 'Gate',
    credentials: 'GATE_KEY',
    address: 'GATE_URL',
    now,
    judge: ({ status, body }) => (status === 200 && body === 'fine' ? fine : undefined),
  });

describe('probeOf', () => {
  it('is good when the account says so', () => {
    expect(probe(answer(200, 'fine'))).toEqual(fine);
    expect(probe(answer(200, 'fine', 'Sun, 01 Mar 2026 12:05:00 GMT'))).toEqual(fine);
    expect(probe(answer(200, 'fine', 'some day'))).toEqual(fine);
  });

  it.each([
    [
      'unreachable',
      { outcome: 'not_sent' },
      'Gate cannot be reached: check the network and GATE_URL.',
    ],
    ['silent', { outcome: 'lost' }, 'Gate was reached, but gave no answer.'],
    ['a stranger', answer(401, '{}'), 'Gate does not accept our credentials: check GATE_KEY.'],
    [
      'a key without rights',
      answer(403, null),
      'Gate does not accept our credentials: check GATE_KEY.',
    ],
    [
      'another server',
      answer(200, '<html>'),
      'Gate gave an answer that we do not understand (HTTP 200): check GATE_URL.',
    ],
    [
      'a broken answer',
      answer(200, null),
      'Gate gave an answer that we do not understand (HTTP 200): check GATE_URL.',
    ],
    [
      'a bad status',
      answer(500, 'fine'),
      'Gate gave an answer that we do not understand (HTTP 500): check GATE_URL.',
    ],
    [
      'a redirect',
      answer(302, ''),
      'Gate gave an answer that we do not understand (HTTP 302): check GATE_URL.',
    ],
  ] as const)('is not good: %s', (_, exchange, sentence) => {
    expect(probe(exchange)).toEqual({ isGood: false, sentence });
  });

  it.each(['Sun, 01 Mar 2026 12:05:01 GMT', 'Sun, 01 Mar 2026 11:54:59 GMT'])(
    'blames the clock before the keys: %s',
    (date) => {
      const sentence = 'Our clock and that of Gate differ by 5 minutes: set ours right.';
      expect(probe(answer(401, '{}', date))).toEqual({ isGood: false, sentence });
      expect(probe(answer(200, 'fine', date))).toEqual({ isGood: false, sentence });
    },
  );
});
