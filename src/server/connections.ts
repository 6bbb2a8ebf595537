import type { Server } from 'node:net';
import { AddressList, networkOf, plainAddress } from '../common/net/ip-address.js';
import type { Settings } from '../config/settings.js';
import type { RequestLimits } from '../rate-limit/request-limits.service.js';

/** Connections in all, each about 20 kB. */
const MOST_CONNECTIONS = 10_000;

/**
 * How many connections a network may hold open: a connection costs its holder nothing, and slow
 * ones last for seconds. Through trusted proxies come the connections of all their clients, so
 * those are not counted.
 */
export function limitConnections(server: Server, settings: Settings, limits: RequestLimits): void {
  const proxies = new AddressList(settings.trustedProxies);
  const held = settings.abuseLimits === 'enforce';
  const open = new Map<string, { count: number; isTold: boolean }>();
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    const address = plainAddress(socket.remoteAddress ?? '') ?? '';
    if (proxies.has(address)) return;
    const network = networkOf(address);
    const mine = open.get(network) ?? { count: 0, isTold: false };
    if (mine.count >= settings.requestLimits.connections) {
      if (!mine.isTold) limits.tell('connections', address);
      mine.isTold = true;
      if (held) return void socket.destroy();
    }
    mine.count += 1;
    open.set(network, mine);
    socket.once('close', () => {
      mine.count -= 1;
      if (mine.count === 0) open.delete(network);
    });
  });
}
