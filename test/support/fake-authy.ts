import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusal, type Answer, type AuthyErrorCode } from './fake-authy.errors.js';
import { isSpoiling, refusalOf, send, spoil, TRAP_PATH, type Fault } from './fake-authy.faults.js';
import { readRequest, type SeenRequest } from './fake-authy.request.js';
import { FakeVerifications, type SentMessage } from './fake-authy.verifications.js';

export interface FakeAuthyOptions {
  /** The one API key it accepts. */
  key?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  /**
   * Numbers (E.164) to which no message goes, with the error they get, e.g. `60082` for a landline
   * (which still takes calls).
   */
  specialNumbers?: Readonly<Record<string, AuthyErrorCode>>;
  onSent?: (message: SentMessage) => void;
}

type Operation = 'start' | 'check' | 'status';

const ROUTES: Readonly<Record<string, Operation>> = {
  'POST /protected/json/phones/verification/start': 'start',
  'GET /protected/json/phones/verification/check': 'check',
  'GET /protected/json/phones/verification/status': 'status',
};

/**
 * A local server that speaks the Authy Phone Verification API v1, remembers what it saw, and fails
 * on demand.
 */
export class FakeAuthy {
  /** Requests that reached it with any key, processed or not. */
  readonly started: SeenRequest[] = [];
  readonly checks: SeenRequest[] = [];
  /** Requests that followed its redirect. */
  readonly trapped: SeenRequest[] = [];
  readonly key: string;
  private readonly verifications: FakeVerifications;
  private readonly faults = new Map<Operation, Fault>();
  private server = this.createServer();
  private port = 0;

  constructor({
    key = 'fake-authy-key',
    now = Date.now,
    specialNumbers = {},
    onSent = () => {},
  }: FakeAuthyOptions = {}) {
    this.key = key;
    this.verifications = new FakeVerifications(now, specialNumbers, onSent);
  }

  /** Listens on the loopback address; after `close`, on the same port again. */
  async start(port = this.port): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** From now on connections are refused; hanging ones end. What it knows stays. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    this.server = this.createServer();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Every message that went out, oldest first. */
  get messages(): readonly SentMessage[] {
    return this.verifications.messages;
  }

  /** The code of the last message to a number (E.164). */
  codeFor(number: string): string {
    const message = this.messages.findLast(({ to }) => to === number);
    if (!message) throw new Error(`No message went to ${number}.`);
    return message.code;
  }

  /** Until `heal`, every such request meets the fault. */
  fail(where: 'start' | 'check' | 'both', fault: Fault): void {
    if (where !== 'check') this.faults.set('start', fault);
    if (where !== 'start') this.faults.set('check', fault);
  }

  heal(): void {
    this.faults.clear();
  }

  private createServer() {
    return createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        send(response, refusal(error instanceof SyntaxError ? '60002' : '60005'));
      });
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await readRequest(request);
    const path = seen.url.replace(/\?.*/s, '');
    if (path === TRAP_PATH) this.trapped.push(seen);
    const operation = ROUTES[`${seen.method} ${path}`];
    if (!operation) return send(response, answerElsewhere(path));
    this.remember(operation, seen);

    const fault = this.faults.get(operation);
    if (fault === undefined) return send(response, this.process(operation, seen));
    if (isSpoiling(fault)) return spoil(response, this.process(operation, seen), fault);
    send(response, refusalOf(fault));
  }

  private remember(operation: Operation, seen: SeenRequest): void {
    if (operation === 'start') this.started.push(seen);
    if (operation === 'check') this.checks.push(seen);
  }

  private process(operation: Operation, { key, params }: SeenRequest): Answer {
    return key === this.key ? this.verifications[operation](params) : refusal('60001');
  }
}

function answerElsewhere(path: string): Answer {
  if (path === TRAP_PATH) return { status: 200, body: { success: true } };
  const message = 'Requested URL was not found.';
  return { status: 404, body: { message, errors: { message }, success: false } };
}
