import type { FastifyRequest } from 'fastify';
import { clientOf } from './client-of.js';

const request = (headers: Record<string, string>) =>
  ({
    ip: '192.0.2.7',
    socket: { remoteAddress: '127.0.0.1' },
    headers,
  }) as unknown as FastifyRequest;

describe('the client of a request', () => {
  it('has address, agent and language', () => {
    expect(
      clientOf(request({ 'user-agent': 'browser', 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.8' })),
    ).toEqual({
      address: '192.0.2.7',
      agent: 'browser',
      locale: 'fr',
    });
  });

  it('is English when it does not say', () => {
    expect(clientOf(request({}))).toMatchObject({ agent: '', locale: 'en' });
  });
});
