import type { FastifyRequest } from 'fastify';
import { isLocalNetwork, isLoopback } from '../../common/net/local-network.js';

const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|via)$/;

/**
 * Whether a request comes from this very machine: the peer is loopback, the Host is loopback (a
 * name that was made to point here by DNS rebinding is not), and no proxy stands between.
 */
export function isFromThisMachine({
  headers,
  socket,
}: Pick<FastifyRequest, 'headers' | 'socket'>): boolean {
  return (
    !isForwarded(headers) &&
    isLoopbackPeer(socket.remoteAddress ?? '') &&
    isLoopbackHost(headers.host ?? '')
  );
}

/**
 * Whether a request comes from this machine or its local network: peer and Host are addresses of
 * either (never a name but localhost), and no proxy stands between.
 */
export function isFromLocalNetwork({
  headers,
  socket,
}: Pick<FastifyRequest, 'headers' | 'socket'>): boolean {
  const peer = socket.remoteAddress ?? '';
  const host = hostOf(headers.host ?? '');
  return (
    !isForwarded(headers) &&
    (isLoopbackPeer(peer) || isLocalNetwork(peer)) &&
    (isLoopback(host) || isLocalNetwork(host))
  );
}

const isForwarded = (headers: FastifyRequest['headers']): boolean =>
  Object.keys(headers).some((name) => FORWARDED.test(name));

/** The address of the connection itself, never what a header makes of it. */
const isLoopbackPeer = (address: string): boolean => isLoopback(address.replace(/^::ffff:/i, ''));

const isLoopbackHost = (host: string): boolean => isLoopback(hostOf(host));

const hostOf = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, '');
