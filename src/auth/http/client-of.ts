import type { FastifyRequest } from 'fastify';
import type { ClientInfo } from '../../common/net/client-info.js';
import { plainAddress } from '../../common/net/ip-address.js';
import { localeOf } from '../../common/locale.js';
import { TEXT_LIMITS } from '../../common/limits/text-limits.js';

type Addressed = Pick<FastifyRequest, 'ip' | 'socket'>;

/** Address, agent and language of a request. */
export function clientOf(request: Addressed & Pick<FastifyRequest, 'headers'>): ClientInfo {
  return {
    address: addressOf(request),
    agent: (request.headers['user-agent'] ?? '')
      .slice(0, TEXT_LIMITS.agent)
      .replace(/[^\x20-\x7e]/g, '?'),
    locale: localeOf(request.headers['accept-language']),
  };
}

/**
 * Where a request came from. A forwarding header that names no address never counts: the peer
 * itself does.
 */
export const addressOf = ({ ip, socket }: Addressed): string =>
  plainAddress(ip) ?? plainAddress(socket.remoteAddress ?? '') ?? '';
