import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../config/load-settings.js';

const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|via)$/;

/**
 * Whether a request comes from this very machine: the peer is loopback, the Host is loopback (a name that was made to point here
 * by DNS rebinding is not), and no proxy stands between.
 */
export function isFromThisMachine({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>): boolean {
  const isForwarded = Object.keys(headers).some((name) => FORWARDED.test(name));
  return !isForwarded && isLoopbackPeer(socket.remoteAddress ?? '') && isLoopbackHost(headers.host ?? '');
}

/** The address of the connection itself, never what a header makes of it. */
const isLoopbackPeer = (address: string): boolean => isLoopback(address.replace(/^::ffff:/i, ''));

const isLoopbackHost = (host: string): boolean => isLoopback(host.toLowerCase().replace(/:\d{1,5}$/, ''));
