import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './fake-authy.errors.js';
import { send, TRAP_PATH } from './fake-authy.faults.js';
import { readRequest, type SeenRequest } from './fake-authy.request.js';
import { refusal, type TwilioErrorCode } from './fake-twilio-verify.errors.js';
import { refusalOf, spoil, spoils, type Fault } from './fake-twilio-verify.faults.js';
import { FakeVerifications, type SentMessage } from './fake-twilio-verify.verifications.js';

export interface FakeTwilioVerifyOptions {
  accountSid?: string;
  authToken?: string;
  serviceSid?: string;
  /** Digits of its codes. */
  codeLength?: number;
  /** It takes `CustomCode`; as a new service it does not. */
  customCodes?: boolean;
  /** Milliseconds since 1970; the Date header tells it. */
  now?: () => number;
  /**
   * Numbers (E.164) to which no message goes, with the error they get, e.g. `60205` for a landline
   * (which still takes calls).
   */
  specialNumbers?: Readonly<Record<string, TwilioErrorCode>>;
  onSent?: (message: SentMessage) => void;
}

export type Operation = 'start' | 'check' | 'update' | 'service';

const ROUTES: readonly (readonly [RegExp, Operation])[] = [
  [/^POST \/v2\/Services\/[^/?]+\/Verifications$/, 'start'],
  [/^POST \/v2\/Services\/[^/?]+\/VerificationCheck$/, 'check'],
  [/^POST \/v2\/Services\/[^/?]+\/Verifications\/[^/?]+$/, 'update'],
  [/^GET \/v2\/Services\/[^/?]+$/, 'service'],
];

const FORM = 'application/x-www-form-urlencoded';

/** A request and the answer it got. */
export interface Served {
  operation: Operation;
  request: SeenRequest;
  answer: Answer;
}

/**
 * A local server that speaks Twilio Verify v2, remembers what it saw and said, and fails on demand.
 */
export class FakeTwilioVerify {
  /** Requests to an address it knows, with any credentials, processed or not. */
  readonly seen: (SeenRequest & { operation: Operation })[] = [];
  /** Those that it answered as the real service would: neither spoiled nor made up by a test. */
  readonly served: Served[] = [];
  /** Requests that followed its redirect. */
  readonly trapped: SeenRequest[] = [];
  readonly accountSid: string;
  readonly authToken: string;
  readonly serviceSid: string;
  private readonly now: () => number;
  private readonly verifications: FakeVerifications;
  private readonly faults = new Map<Operation, Fault>();
  private readonly server = createServer(
    (request, response) => void this.answer(request, response),
  );

  constructor(options: FakeTwilioVerifyOptions = {}) {
    this.accountSid = options.accountSid ?? `AC${'0'.repeat(31)}1`;
    this.authToken = options.authToken ?? 'fake-twilio-token';
    this.serviceSid = options.serviceSid ?? `VA${'0'.repeat(31)}1`;
    this.now = options.now ?? Date.now;
    const { codeLength = 6, customCodes = false, specialNumbers = {}, onSent = () => {} } = options;
    this.verifications = new FakeVerifications(
      this,
      { codeLength, customCodes },
      this.now,
      specialNumbers,
      onSent,
    );
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  /** From now on connections are refused; hanging ones end. */
  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
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

  /** What became of a verification (`VE…`). */
  statusOf(sid: string): string | undefined {
    return this.verifications.statusOf(sid);
  }

  /** Until `heal`, every request of this kind, or of all, meets the fault. */
  fail(where: Operation | 'all', fault: Fault): void {
    const operations: Operation[] =
      where === 'all' ? ['start', 'check', 'update', 'service'] : [where];
    for (const operation of operations) this.faults.set(operation, fault);
  }

  heal(): void {
    this.faults.clear();
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Date', new Date(this.now()).toUTCString());
    const request = await readRequest(message);
    if (request.url === TRAP_PATH) this.trapped.push(request);
    const operation = this.operationOf(request);
    if (!operation) return send(response, refusal('20404'));
    this.seen.push({ ...request, operation });

    const fault = this.faults.get(operation);
    if (fault !== undefined && spoils(fault))
      return spoil(response, this.process(operation, request), fault);
    const answer = fault === undefined ? this.process(operation, request) : refusalOf(fault);
    const isReal = fault === undefined || (typeof fault === 'object' && 'errorCode' in fault);
    if (isReal) this.served.push({ operation, request, answer });
    send(response, answer);
  }

  private operationOf({ method, url }: SeenRequest): Operation | undefined {
    return ROUTES.find(([route]) => route.test(`${method} ${url}`))?.[1];
  }

  private process(operation: Operation, { headers, url, params }: SeenRequest): Answer {
    const credentials = Buffer.from(`${this.accountSid}:${this.authToken}`).toString('base64');
    if (headers.authorization !== `Basic ${credentials}`) return refusal('20003');
    const [, , , serviceSid = '', , sid = ''] = url.split('/');
    if (serviceSid !== this.serviceSid)
      return refusal('20404', `The requested resource /Services/${serviceSid} was not found`);
    // Of a body that is no form, Twilio sees nothing.
    const fields = headers['content-type']?.startsWith(FORM) ? params : {};
    return operation === 'update'
      ? this.verifications.update(sid, fields)
      : this.verifications[operation](fields);
  }
}
