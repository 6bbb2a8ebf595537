import type { PageMessage } from './views/message.js';

/** Messages that survive a redirect travel as one of these ids, never as text. */
export const MESSAGES = {
  code_sent: {
    kind: 'success',
    text: 'One-Time password sent to your registered mobile number. The verification code is valid for 10 minutes.',
  },
  phone_verified: { kind: 'success', text: 'Your phone number is verified. You are logged in.' },
  logged_in: { kind: 'success', text: 'You are logged in.' },
  already_logged_in: { kind: 'info', text: 'User already logged in' },
  logged_out: { kind: 'success', text: 'You are logged out.' },
  registration_undone: {
    kind: 'info',
    text: 'Your registration was taken back. Correct it and send it again.',
  },
  canceled: { kind: 'info', text: 'Canceled. Nothing was changed.' },
  nothing_pending: {
    kind: 'info',
    text: 'There was nothing to confirm any more. Please ask for it again.',
  },
  code_expired: {
    kind: 'info',
    text: 'That code has expired, and nothing was changed. Please ask for it again.',
  },
  code_used: {
    kind: 'info',
    text: 'That code was used already. Nothing is left to confirm with it.',
  },
  two_factor_on: { kind: 'success', text: 'Two-factor authentication is on.' },
  two_factor_off: { kind: 'success', text: 'Two-factor authentication is off.' },
  two_factor_needed: {
    kind: 'info',
    text: 'Staff need a second factor. Turn on two-factor authentication to open the staff panel.',
  },
  language_saved: { kind: 'success', text: 'Your messages will come in the language you chose.' },
  password_changed: {
    kind: 'success',
    text: 'Your password is changed. You are logged out everywhere else.',
  },
  password_change_needed: { kind: 'info', text: 'Please choose a new password first.' },
  code_over: {
    kind: 'info',
    text: 'The code has expired. Your session has ended. Please log in again.',
  },
  session_over: { kind: 'info', text: 'Your session has ended. Please log in again.' },
  confirm_first: { kind: 'info', text: 'Confirm your phone number first.' },
} as const satisfies Record<string, PageMessage>;

export type MessageId = keyof typeof MESSAGES;

export const isMessageId = (id: string): id is MessageId => Object.hasOwn(MESSAGES, id);
