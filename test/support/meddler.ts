import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request on its way, to be changed. */
export interface Passing {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a proxy makes of what passes through it; a guard taken away, seen from outside. */
export interface Meddling {
  /** Changes the request, or answers in the target's place. */
  before?: (request: Passing) => Reply | undefined;
  /** Changes the answer. */
  after?: (reply: Reply, request: Passing) => unknown;
}

/** The real application behind a proxy that breaks what a test wants broken. */
export class Meddler {
  meddling: Meddling = {};
  private readonly server = createServer((message, response) => void this.serve(message, response));

  constructor(private readonly target: string) {}

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '/', headers } = message;
    const request = { method, path, headers: { ...headers }, body: await text(message) };
    const { before, after } = this.meddling;
    const reply = before?.(request) ?? (await this.pass(request));
    after?.(reply, request);
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = reply.headers;
    response.writeHead(reply.status, rest).end(reply.body);
  }

  private pass({ method, path, headers, body }: Passing): Promise<Reply> {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const {
      'content-length': _length,
      'transfer-encoding': _encoding,
      connection: _connection,
      ...rest
    } = headers;
    return new Promise((resolve, reject) => {
      const request = forward(
        this.target,
        { method, path, headers: { ...rest, ...length } },
        (response) => {
          const { statusCode: status = 0, headers: answered } = response;
          void text(response).then(
            (received) => resolve({ status, headers: answered, body: received }),
            reject,
          );
        },
      );
      request.on('error', reject).end(body);
    });
  }
}
