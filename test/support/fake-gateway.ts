import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Answer } from './fake-authy.errors.js';
import { isSpoiling, send, spoil, TRAP_PATH } from './fake-authy.faults.js';

/** A request as the gateway saw it. */
export interface GatewayRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A message that "went out". */
export interface GatewayMessage {
  /** E.164. */
  to: string;
  channel: 'sms' | 'call';
  /** What was read or heard. */
  text: string;
}

/**
 * The request is processed but the answer spoiled, or another answer comes in its place and nothing
 * is processed.
 */
export type GatewayFault = Parameters<typeof spoil>[2] | { answer: Answer };

export const REDIRECT: Answer = { status: 302, headers: { Location: TRAP_PATH }, body: '' };

/**
 * A local HTTP server in the manner of an SMS gateway: it remembers what it saw, and fails on
 * demand.
 */
export abstract class FakeGateway {
  readonly requests: GatewayRequest[] = [];
  readonly messages: GatewayMessage[] = [];
  private fault: GatewayFault | undefined;
  private port = 0;
  private readonly server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
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
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on every request meets the fault. */
  fail(fault: GatewayFault): void {
    this.fault = fault;
  }

  /** What the gateway does with a request and answers. */
  protected abstract answerTo(request: GatewayRequest): Answer;

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = message;
    const { pathname: path, searchParams: query } = new URL(message.url ?? '/', 'http://localhost');
    const request = { method, path, query, headers, body: await text(message) };
    this.requests.push(request);
    if (this.fault === undefined) return send(response, this.answerTo(request));
    if (isSpoiling(this.fault)) return spoil(response, this.answerTo(request), this.fault);
    send(response, this.fault.answer);
  }
}
