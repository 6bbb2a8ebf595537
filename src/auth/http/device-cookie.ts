import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clip } from '../../common/limits/text-limits.js';
import type { Settings } from '../../config/settings.js';
import { addToken } from '../sessions/device-token.js';
import { DEVICE_LIFE } from '../sessions/known-devices.service.js';
import { isSecure } from './session-cookie.js';

/** Where an API client sends its device token. */
const DEVICE_HEADER = 'ringback-device';

const deviceCookieName = (settings: Settings): string =>
  isSecure(settings) ? '__Host-device' : 'device';

/** The device tokens of a browser, as sent; empty without. */
export const cookieDevices = (request: FastifyRequest, settings: Settings): string =>
  clip(request.cookies[deviceCookieName(settings)] ?? '', 'devices');

/** The device token of an API client, as sent; empty without. */
export const headerDevices = ({ headers }: FastifyRequest): string =>
  clip([headers[DEVICE_HEADER] ?? []].flat().join(), 'devices');

/**
 * Adds the token of one account to those the browser holds of others. Stays at log-out: it opens
 * nothing.
 */
export function setDeviceCookie(reply: FastifyReply, token: string, settings: Settings): void {
  const value = addToken(cookieDevices(reply.request, settings), token);
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(settings),
  } as const;
  void reply.setCookie(deviceCookieName(settings), value, {
    ...options,
    maxAge: DEVICE_LIFE / 1000,
  });
}
