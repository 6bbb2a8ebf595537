import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './self-signed.js';

/**
 * An https server on the loopback address whose certificate no client trusts, and which would
 * answer 200 to anything.
 */
export class BadTlsServer {
  /** Requests that arrived all the same: a client that judges certificates sends none. */
  requests = 0;
  private readonly server = createServer(selfSigned('127.0.0.1'), (_, response) => {
    this.requests += 1;
    response.end('{}');
  });

  /** Answers with its address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Started or not. */
  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
