import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { entities } from '../dist/src/entities.js';
import { PurgeService } from '../dist/src/auth/purge.service.js';
import { CliModule } from '../dist/src/cli/cli.module.js';
import { Clock } from '../dist/src/common/clock.js';
import { loadSettings } from '../dist/src/load-settings.js';
import { InboxSender } from '../dist/src/messaging/vendors/inbox/inbox.sender.js';

const START = Date.parse('2026-03-02T00:00:00.000Z');
const PURGE_EVERY = 300;

/**
 * The product's own services on a clock that is turned from event to event, and every message that
 * leaves them.
 */
export class Simulation {
  seconds = 0;
  /** Codes, and how many of them by number; notices are none. */
  sent = 0;
  sentTo = new Map();
  #queue = [];

  static async start() {
    const simulation = new Simulation();
    const clock = { now: () => new Date(START + Math.round(simulation.seconds * 1000)) };
    Logger.overrideLogger(false);
    const testing = Test.createTestingModule({
      imports: [CliModule.with(loadSettings(), entities)],
    });
    simulation.app = await testing.overrideProvider(Clock).useValue(clock).compile();
    await simulation.app.init();
    simulation.inbox = simulation.get(InboxSender);
    const send = simulation.inbox.send.bind(simulation.inbox);
    simulation.inbox.send = (message) => {
      if (message.code !== '') simulation.count(message);
      return send(message);
    };
    return simulation;
  }

  count({ to }) {
    this.sent += 1;
    this.sentTo.set(to, (this.sentTo.get(to) ?? 0) + 1);
  }

  get(service) {
    return this.app.get(service, { strict: false });
  }

  /** Does something at that second of the simulation. */
  at(seconds, work) {
    const event = { seconds: Math.max(seconds, this.seconds), work };
    let place = this.#queue.length;
    while (place > 0 && this.#queue[place - 1].seconds > event.seconds) place -= 1;
    this.#queue.splice(place, 0, event);
  }

  /** Seconds of the simulation until an instant of the product. */
  until(instant) {
    return (instant.getTime() - START) / 1000 - this.seconds;
  }

  /**
   * One event after the other, those of `trace` (sorted by `at`) and those that they bring about.
   * Purges as the server does.
   */
  async run(trace, work) {
    let purged = 0;
    let next = 0;
    while (next < trace.length || this.#queue.length > 0) {
      const isTraced =
        next < trace.length && trace[next].at <= (this.#queue[0]?.seconds ?? Infinity);
      const event = isTraced
        ? { seconds: trace[next].at, work: () => work(trace[next++]) }
        : this.#queue.shift();
      this.seconds = event.seconds;
      if (this.seconds >= purged + PURGE_EVERY) {
        purged = this.seconds;
        await this.get(PurgeService).purge();
      }
      await event.work();
    }
    await this.app.close();
  }
}
