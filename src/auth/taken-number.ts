import { AppError } from '../common/errors/app-error.js';
import type { CurrentSession, OpenedSession } from './http/current-session.js';

/**
 * A member's right code, for a number that somebody else has proven: the session goes on by a new
 * token, to give another one.
 */
export class NumberTaken extends AppError {
  constructor(readonly opened: OpenedSession) {
    super('phone_number_taken', { detail: GIVE_ANOTHER });
    this.name = 'NumberTaken';
  }
}

/**
 * Whether the session may give its account another number: a pending one whose right code met a
 * number that was taken. It remembers that proof, and no session that is let in is pending;
 * unfinished registrations start anew instead.
 */
export const mayGiveNumber = ({ session, user, state }: CurrentSession): boolean =>
  state === 'confirmation_required' &&
  !user.phoneNumberVerified &&
  user.registrationExpiresAt === null &&
  session.proofs.register !== undefined;

const GIVE_ANOTHER =
  'Another user with this phone number already exists. Your account is kept: give another number.';
