import type { LoggerService } from '@nestjs/common';
import type { Screen } from './io.js';

/**
 * Warnings and errors, one line each, on stderr. Silent while the application starts: what fails
 * then is thrown and told once.
 */
export class CliLogger implements LoggerService {
  isStarted = false;

  constructor(private readonly screen: Screen) {}

  log(): void {
    // Commands print their own results.
  }

  warn(message: unknown): void {
    if (this.isStarted) this.line(message);
  }

  error(message: unknown): void {
    if (this.isStarted) this.line(message);
  }

  private line(message: unknown): void {
    this.screen.write(`${String(message).split('\n')[0]}\n`);
  }
}
