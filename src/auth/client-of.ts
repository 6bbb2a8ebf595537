import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { ClientInfo } from '../common/client-info.js';
import { localeOf } from '../common/locale.js';

/** Address, agent and language of a request. A forwarding header that names no address never counts: the peer itself does. */
export function clientOf(request: Pick<FastifyRequest, 'ip' | 'socket' | 'headers'>): ClientInfo {
  const address = [request.ip, request.socket.remoteAddress ?? ''].find((candidate) => isIP(candidate) !== 0) ?? '';
  return {
    address: address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''),
    agent: (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 200),
    locale: localeOf(request.headers['accept-language']),
  };
}
