import { AppError } from '../common/errors/app-error.js';
import type { Challenge } from '../phone-verification/challenge.entity.js';

/** A fresh proof is needed first; its challenge is open and its code on its way. */
export class StepUpRequired extends AppError {
  constructor(readonly challenge: Challenge) {
    super('step_up_required');
    this.name = 'StepUpRequired';
  }
}
