import { secondsUntil } from '../../common/clock.js';
import type { SendResult } from '../../messaging/vendors/sms-sender.js';
import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import type { TestMessageResult } from '../../phone-verification/test-message.service.js';
import type { Finding } from './doctor.finding.js';

/** Without the database no message can be counted, and so none is sent. */
export const noMessage = (phoneNumber: string): Finding => ({
  subject: subjectOf(phoneNumber),
  isGood: false,
  sentence: 'Nothing was sent: without the database it cannot be counted.',
});

/**
 * What became of a test message to an E.164 number, provider by provider. Neither its code nor the
 * whole number.
 */
export function tellMessage(phoneNumber: string, sent: TestMessageResult, now: Date): Finding[] {
  const subject = subjectOf(phoneNumber);
  if (sent.outcome === 'over_budget') {
    const sentence = `Nothing was sent: its budget is used up. Try again in ${secondsUntil(sent.until, now)} seconds.`;
    return [{ subject, isGood: false, sentence }];
  }
  const { provider, passedOver, result } = sent;
  return [
    ...passedOver.map((name) => ({
      subject,
      isGood: false,
      sentence: `${name} did not take it. The next one was asked.`,
    })),
    {
      subject,
      isGood: result.outcome === 'sent',
      sentence: `${provider} ${tellResult(result, phoneNumber)}`,
    },
  ];
}

function tellResult(result: SendResult, phoneNumber: string): string {
  switch (result.outcome) {
    case 'sent':
      return result.reference === undefined
        ? 'took it.'
        : `took it as ${printable(result.reference, phoneNumber)}.`;
    case 'refused':
      return `refused the number (${result.reason.replaceAll('_', ' ')}).`;
    case 'throttled':
      return `takes no more just now.${result.retryAfter === undefined ? '' : ` Try again in ${result.retryAfter} seconds.`}`;
    case 'unavailable':
      return 'did not take it. Nothing was sent.';
    case 'unknown':
      return 'gave no clear answer. The message may come, or not.';
  }
}

const subjectOf = (phoneNumber: string): string => `message to ${maskPhoneNumber(phoneNumber)}`;

/**
 * A gateway's own id: not to be obeyed by a terminal, and some gateway's may be the number itself.
 */
const printable = (reference: string, phoneNumber: string): string =>
  reference
    .replaceAll(phoneNumber.slice(1), '…')
    .replace(/[^\x21-\x7e…]/g, '?')
    .slice(0, 64);
