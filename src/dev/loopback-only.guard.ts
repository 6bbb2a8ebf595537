import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error.js';
import { isLoopback } from '../config/load-settings.js';

const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|via)$/;

/**
 * Lets only this machine's own browser in: the peer is loopback, the Host is loopback (a name that was made to point here by
 * DNS rebinding is not), and no proxy stands between. Everybody else gets `not_found`.
 */
@Injectable()
export class LoopbackOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, socket } = context.switchToHttp().getRequest<FastifyRequest>();
    const isForwarded = Object.keys(headers).some((name) => FORWARDED.test(name));
    if (isForwarded || !isLoopbackPeer(socket.remoteAddress ?? '') || !isLoopbackHost(headers.host ?? ''))
      throw new AppError('not_found');
    return true;
  }
}

/** The address of the connection itself, never what a header makes of it. */
const isLoopbackPeer = (address: string): boolean => isLoopback(address.replace(/^::ffff:/i, ''));

const isLoopbackHost = (host: string): boolean => isLoopback(host.toLowerCase().replace(/:\d{1,5}$/, ''));
