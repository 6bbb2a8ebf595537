import { AppError } from '../common/errors/app-error.js';
import type { RefusalReason } from '../messaging/vendors/sms-sender.js';
import { secondsUntil } from '../common/clock.js';
import { waitText } from '../common/text/wait-text.js';
import type { SendProblem } from './challenge.entity.js';
import { limitSentence } from '../common/text/limit-sentence.js';

/** A message that did not go out, and when to ask again. */
export interface Undelivered {
  notice: SendProblem;
  retryAt: Date;
  /** The budget that refused it, if one did. */
  limit?: string | null;
}

/** What a refused ask becomes where no session is being made. */
export function undeliveredError(
  { notice, retryAt, limit = null }: Undelivered,
  now: Date,
): AppError {
  const retryAfter = Math.max(1, secondsUntil(retryAt, now));
  return notice === 'provider_unavailable'
    ? new AppError('provider_unavailable', { retryAfter })
    : new AppError('too_many_requests', {
        detail: `${limitSentence(limit)} You can ask again in ${waitText(retryAfter)}.`,
        retryAfter,
      });
}

const REFUSALS: Readonly<Record<RefusalReason, string>> = {
  invalid_number: 'Enter a valid phone number.',
  landline: 'This looks like a landline. Enter a number that can receive text messages.',
  unsupported_country: 'We cannot send messages to this country.',
  unreachable: 'This number cannot be reached. Check it, or use another one.',
  opted_out:
    'This number has asked for no more messages. Use another one, or text START to the number they came from.',
  blocked: 'We cannot send messages to this number. Use another one.',
};

/** The refusal of a number by its provider, in our words. */
export const refusedNumber = (reason: RefusalReason): AppError =>
  AppError.invalid({ field: 'phone_number', code: reason, detail: REFUSALS[reason] });

/** No provider of this number has the channel that was asked for. */
export const noSuchChannel = (): AppError =>
  AppError.invalid({
    field: 'channel',
    code: 'unsupported',
    detail: 'We cannot reach this number that way. Ask for a text.',
  });
