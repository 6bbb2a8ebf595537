import { EventEmitter } from 'node:events';
import type { Process } from '../../src/server/shutdown.js';

/** A process that a test sends signals to, and that tells how it ended. */
export class FakeProcess implements Process {
  private readonly emitter = new EventEmitter();
  private leave: (status: number | 'SIGKILL') => void = () => undefined;
  readonly ended = new Promise<number | 'SIGKILL'>((resolve) => (this.leave = resolve));

  on(name: string, listener: (value: unknown, origin: unknown) => void): void {
    this.emitter.on(name, listener);
  }

  exit(status: number | 'SIGKILL'): void {
    this.leave(status);
  }

  send(name: string, ...values: unknown[]): void {
    this.emitter.emit(name, ...values);
  }
}
