import {
  Module,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyReply } from 'fastify';
import { PUBLIC } from '../common/public.js';
import { AppError } from '../common/errors/app-error.js';
import { Clock } from '../common/clock.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import { Settings } from '../config/settings.js';
import { InboxSender } from '../messaging/vendors/inbox/inbox.sender.js';
import { InboxController } from './inbox.controller.js';

/** Denies by default, as the real guards do. */
class Deny implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return (
      new Reflector().getAllAndOverride<boolean | undefined>(PUBLIC, [
        context.getHandler(),
        context.getClass(),
      ]) === true
    );
  }
}

class StatusOnly implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const status = error instanceof AppError ? ERROR_TABLE[error.code].status : 500;
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send('');
  }
}

class HandClock extends Clock {
  private time = Date.UTC(2026, 4, 1, 10);

  override now(): Date {
    return new Date((this.time += 1000));
  }
}

const settings = { devLan: false };
const inbox = new InboxSender(new HandClock());

@Module({
  controllers: [InboxController],
  providers: [
    { provide: InboxSender, useValue: inbox },
    { provide: Settings, useValue: settings },
    { provide: APP_GUARD, useClass: Deny },
  ],
})
class App {}

const message = { locale: 'en', ttl: 600, reference: 'AAECAwQFBgcICQoLDA0ODw' };

describe('/dev/inbox', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = (
      await Test.createTestingModule({ imports: [App] }).compile()
    ).createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    app.useGlobalFilters(new StatusOnly());
    await app.init();
    await inbox.send({
      ...message,
      to: '+14155550100',
      channel: 'sms',
      code: '123456',
      text: '123456 is your <b>code</b>.',
    });
    await inbox.send({
      ...message,
      to: '+14155550101',
      channel: 'call',
      code: '654321',
      text: 'Your code is 6, 5, 4.',
    });
    await inbox.send({
      ...message,
      to: '+14155550100',
      channel: 'sms',
      code: '222333',
      text: '222333 is your code.',
    });
  });

  afterAll(() => app.close());

  const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.inject({ url, remoteAddress, headers: { host: 'localhost:3000', ...headers } });
  const codes = (body: string) =>
    (JSON.parse(body) as { messages: { code: string | null }[] }).messages.map(({ code }) => code);

  it('lists what was sent, newest first', async () => {
    const { statusCode, body, headers } = await get('/dev/inbox.json');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(codes(body)).toEqual(['222333', '654321', '123456']);
    expect((JSON.parse(body) as { messages: unknown[] }).messages[1]).toEqual({
      to: '+14155550101',
      channel: 'call',
      text: 'Your code is 6, 5, 4.',
      code: '654321',
      sent_at: '2026-05-01T10:00:02.000Z',
    });
  });

  it('says of a notice that it has no code', async () => {
    await inbox.send({
      ...message,
      to: '+14155550109',
      channel: 'sms',
      code: '',
      text: 'Your account was opened.',
    });
    expect(codes((await get('/dev/inbox.json?to=%2B14155550109')).body)).toEqual([null]);
  });

  it.each(['to=%2B14155550100', 'to=+14155550100'])('lists one number: ?%s', async (query) => {
    expect(codes((await get(`/dev/inbox.json?${query}`)).body)).toEqual(['222333', '123456']);
  });

  it('shows them as a page, with texts escaped', async () => {
    const { body, headers } = await get('/dev/inbox');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatch(/^<!doctype html><html/);
    expect(body).toContain('222333');
    expect(body).not.toContain('<b>');
  });

  it.each([
    ['127.0.0.1', 'localhost'],
    ['127.8.9.10', '127.0.0.1:3000'],
    ['::1', '[::1]:3000'],
    ['::ffff:127.0.0.1', 'LOCALHOST:80'],
  ])('opens for peer %s and Host %s', async (peer, host) => {
    expect((await get('/dev/inbox.json', { host }, peer)).statusCode).toBe(200);
  });

  const strangers: [string, Record<string, string>, string][] = [
    ['another machine', {}, '192.0.2.7'],
    ['another machine by IPv6', {}, '2001:db8::1'],
    ['an address that only begins like loopback', {}, '127.0.0.1.example'],
    ['a name that was rebound to this machine', { host: 'evil.example:3000' }, '127.0.0.1'],
    ['a name that begins like loopback', { host: 'localhost.evil.example' }, '127.0.0.1'],
    ['an unspecified Host', { host: '0.0.0.0:3000' }, '127.0.0.1'],
    ...[
      'forwarded',
      'x-forwarded-for',
      'X-Forwarded-Host',
      'x-forwarded-proto',
      'x-real-ip',
      'via',
    ].map((name): [string, Record<string, string>, string] => [
      `a proxy that sends ${name}`,
      { [name]: '127.0.0.1' },
      '127.0.0.1',
    ]),
  ];

  it.each(strangers)('does not exist for %s', async (_, headers, peer) => {
    for (const url of ['/dev/inbox', '/dev/inbox.json']) {
      const { statusCode, body } = await get(url, headers, peer);
      expect({ statusCode, body }).toEqual({ statusCode: 404, body: '' });
    }
  });

  describe('with DEV_LAN', () => {
    beforeAll(() => (settings.devLan = true));
    afterAll(() => (settings.devLan = false));

    it.each([
      ['192.168.1.7', '192.168.1.5:3000'],
      ['10.1.2.3', '10.0.0.1'],
      ['172.31.0.9', '172.16.0.1:80'],
      ['::ffff:192.168.1.7', '192.168.1.5'],
      ['fe80::1%eth0', '[fe80::2]:3000'],
      ['fd00::7', '[fd00::1]'],
      ['127.0.0.1', 'localhost:3000'],
      ['127.0.0.1', '192.168.1.5'],
    ])('opens for peer %s and Host %s', async (peer, host) => {
      expect((await get('/dev/inbox.json', { host }, peer)).statusCode).toBe(200);
    });

    it.each([
      ['203.0.113.9', '192.168.1.5'],
      ['172.32.0.1', '192.168.1.5'],
      ['2001:db8::1', '[fd00::1]'],
      ['100.64.0.1', '192.168.1.5'],
      ['192.168.1.7', 'evil.example'],
      ['192.168.1.7', '192.168.1.5.evil.example'],
      ['192.168.1.7', '0.0.0.0'],
      ['192.168.1.7', '203.0.113.5'],
      ['192.168.1.7.example', '192.168.1.5'],
    ])('not for peer %s and Host %s', async (peer, host) => {
      expect((await get('/dev/inbox.json', { host }, peer)).statusCode).toBe(404);
    });

    it('not through a proxy', async () => {
      const headers = { host: '192.168.1.5', 'x-forwarded-for': '192.168.1.7' };
      expect((await get('/dev/inbox', headers, '192.168.1.7')).statusCode).toBe(404);
    });
  });
});
