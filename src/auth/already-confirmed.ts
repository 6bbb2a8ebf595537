import { AppError } from '../common/errors/app-error.js';

/**
 * The loser of a double submit: another request with the same token has confirmed meanwhile; its
 * answer has the new one. Nothing is wrong and nothing is to be asked for again.
 */
export class AlreadyConfirmed extends AppError {
  constructor(cause: unknown) {
    super('no_pending_confirmation', { detail: GO_ON, cause });
  }
}

const GO_ON = 'Another request has just confirmed this. Go on with the token of its answer.';
