import { Clock } from '../../src/common/clock.js';

/** Time that stands still until a test turns it. */
export class FakeClock extends Clock {
  private instant = new Date('2026-03-01T12:00:00.000Z');

  override now(): Date {
    return new Date(this.instant);
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}
