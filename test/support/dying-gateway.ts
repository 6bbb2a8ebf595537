import type { Answer } from './fake-authy.errors.js';
import type { GatewayRequest } from './fake-gateway.js';
import { FakeVonage } from './fake-vonage.js';

/** A gateway that dies in the middle of its work, with requests in the air. */
export class DyingGateway extends FakeVonage {
  private healthyUntil = Infinity;
  private unanswered = 0;
  private onLast = (): void => undefined;

  /**
   * After so many messages it takes as many requests as told without a word, every other one for
   * good; then it is gone: open connections break, new ones are refused. Resolves when it is.
   */
  async dieAfter(messages: number, unanswered: number): Promise<void> {
    this.healthyUntil = messages;
    await new Promise<void>((resolve) => {
      this.onLast = () => {
        if (this.unanswered === unanswered) resolve();
      };
    });
    await this.close();
  }

  protected override answerTo(request: GatewayRequest): Answer {
    if (this.messages.length < this.healthyUntil) return this.answerHealthy(request);
    this.unanswered += 1;
    this.onLast();
    return this.unanswered % 2 === 0 ? super.answerTo(request) : { status: 500, body: '' };
  }

  private answerHealthy(request: GatewayRequest): Answer {
    const answer = super.answerTo(request);
    if (this.messages.length === this.healthyUntil) this.fail('slow');
    return answer;
  }
}
