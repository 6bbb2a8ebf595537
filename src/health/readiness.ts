import { Injectable } from '@nestjs/common';

/** Whether this process should be sent requests. */
@Injectable()
export class Readiness {
  isLeaving = false;

  /** Not ready any more, for good: the process is about to end. */
  leave(): void {
    this.isLeaving = true;
  }
}
