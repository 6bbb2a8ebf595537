import { limitSentence } from '../../common/text/limit-sentence.js';
import type { PendingMessage, PendingProof } from '../../auth/factors/factor.js';

export type ConfirmationPurpose = PendingProof['purpose'];

/** `sent`: a code is under way; `unsent`: none went out; `dead`: the last one works no more. */
export type CodeState = 'sent' | 'unsent' | 'dead';

export type ConfirmationNotice = NonNullable<PendingMessage['notice']>;

/** What the right code does. */
export const PURPOSE_TEXT: Record<ConfirmationPurpose, string> = {
  register: 'Enter the one-time password to activate your account.',
  login: 'Enter the one-time password to finish logging in.',
  enable_two_factor: 'Enter the one-time password to turn two-factor log-in on.',
  disable_two_factor: 'Enter the one-time password to turn two-factor log-in off.',
};

export const NOTICE_TEXT: Record<ConfirmationNotice, string> = {
  provider_unavailable: 'verification code not sent.',
  too_many_requests: limitSentence(null),
};
