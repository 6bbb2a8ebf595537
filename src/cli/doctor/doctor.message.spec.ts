import { tellMessage } from './doctor.message.js';
import type { SendResult } from '../../messaging/vendors/sms-sender.js';

const now = new Date('2026-03-01T12:00:00.000Z');
const NUMBER = '+14155550123';
const tell = (result: SendResult, ...passedOver: string[]) =>
  tellMessage(NUMBER, { outcome: 'asked', provider: 'self:vonage', passedOver, result }, now);
const sentences = (result: SendResult) =>
  tell(result).map(({ isGood, sentence }) => `${isGood ? 'good' : 'bad'}: ${sentence}`);

describe('what became of a test message', () => {
  it.each<[SendResult, string]>([
    [{ outcome: 'sent' }, 'good: self:vonage took it.'],
    [{ outcome: 'sent', reference: 'SM1' }, 'good: self:vonage took it as SM1.'],
    [
      { outcome: 'refused', reason: 'unsupported_country' },
      'bad: self:vonage refused the number (unsupported country).',
    ],
    [{ outcome: 'throttled' }, 'bad: self:vonage takes no more just now.'],
    [
      { outcome: 'throttled', retryAfter: 17 },
      'bad: self:vonage takes no more just now. Try again in 17 seconds.',
    ],
    [{ outcome: 'unavailable' }, 'bad: self:vonage did not take it. Nothing was sent.'],
    [
      { outcome: 'unknown' },
      'bad: self:vonage gave no clear answer. The message may come, or not.',
    ],
  ])('%p', (result, told) => expect(sentences(result)).toEqual([told]));

  it('names those who were asked before, and the end of the number', () => {
    expect(tell({ outcome: 'sent' }, 'authy')).toEqual([
      {
        subject: 'message to +1 ••••• •0123',
        isGood: false,
        sentence: 'authy did not take it. The next one was asked.',
      },
      { subject: 'message to +1 ••••• •0123', isGood: true, sentence: 'self:vonage took it.' },
    ]);
  });

  it('says how long a budget wants to be left alone', () => {
    const until = new Date('2026-03-01T12:00:29.500Z');
    expect(tellMessage(NUMBER, { outcome: 'over_budget', until }, now)).toEqual([
      {
        subject: 'message to +1 ••••• •0123',
        isGood: false,
        sentence: 'Nothing was sent: its budget is used up. Try again in 30 seconds.',
      },
    ]);
  });

  it('shows an id as one short word, and never the number', () => {
    const shown = (reference: string) =>
      sentences({ outcome: 'sent', reference })[0]?.replace(/^.+ took it as /, '');
    expect(shown('a\u001b[2J b\nc')).toBe('a?[2J?b?c.');
    expect(shown('x'.repeat(99))).toBe(`${'x'.repeat(64)}.`);
    expect(shown(`${NUMBER}-7`)).toBe('+…-7.');
  });
});
