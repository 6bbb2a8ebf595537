import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire between the product and its database that a test can cut and mend, or hold still. */
export class TcpProxy {
  /** Either end of a connection, with the other one. */
  private readonly sockets = new Map<Socket, Socket>();
  private isFrozen = false;
  private server: Server | undefined;
  private port = 0;

  constructor(private target: { host: string; port: number }) {}

  async mend(): Promise<number> {
    this.server = createServer((near) => this.join(near, connect(this.target)));
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this.port;
  }

  /** Running connections break, new ones are refused. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets.keys()) socket.resetAndDestroy();
    await closed;
  }

  /** Connections stay and new ones are accepted, but nothing passes any more. */
  freeze(): void {
    this.isFrozen = true;
    for (const [socket, other] of this.sockets) socket.unpipe(other);
  }

  thaw(): void {
    this.isFrozen = false;
    for (const [socket, other] of this.sockets) socket.pipe(other);
  }

  /**
   * Connections that are there die unseen: what is sent on them is answered by a reset, or by
   * nothing. New ones work.
   */
  kill(by: 'reset' | 'silence'): void {
    for (const [socket, other] of this.sockets) {
      socket.unpipe(other);
      socket.on('data', () => by === 'reset' && socket.resetAndDestroy());
    }
  }

  /** New connections lead elsewhere. */
  redirect(target: { host: string; port: number }): void {
    this.target = target;
  }

  private join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.set(socket, other);
      socket
        .on('error', () => other.destroy())
        .on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
      if (!this.isFrozen) socket.pipe(other);
    }
  }
}
