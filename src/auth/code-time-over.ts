import { AppError } from '../common/errors/app-error.js';

/**
 * The token is of a session that waited for a code: both have expired. Told to whoever holds that
 * token.
 */
export class CodeTimeOver extends AppError {
  constructor() {
    super('unauthenticated', {
      detail: 'The code has expired, and its session with it. Log in again for a new one.',
    });
    this.name = 'CodeTimeOver';
  }
}
