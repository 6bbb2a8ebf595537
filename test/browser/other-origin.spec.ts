import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { inBrowser, startBrowser } from '../support/browser.js';
import { PASSWORD, somebody } from '../support/people.js';
import { freePort } from '../support/built-server.js';
import { startApp, type TestApp } from '../support/start-app.js';

interface Heard {
  status: number;
  body: Record<string, unknown>;
  requestId: string | null;
}

/** Runs in the page: the calls of a single-page app that keeps its token itself. */
async function call(given: [string, string, string, unknown?, string?]): Promise<Heard> {
  const [url, method, path, body, token] = given;
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const heard = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: answer.status, body: heard, requestId: answer.headers.get('x-request-id') };
}

inBrowser('a page of another origin in Chromium', () => {
  let app: TestApp;
  let spa: Server;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    spa = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>App</title>'),
    );
    await once(spa.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(spa.address() as AddressInfo).port}`;
    app = await startApp({
      environment: { ALLOWED_ORIGINS: origin, PUBLIC_URL: `http://localhost:${await freePort()}` },
    });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    spa.close();
    spa.closeAllConnections();
    await app.close();
  });

  const open = async (at: string) => {
    const page = await browser.newPage();
    await page.goto(at);
    return (method: string, path: string, body?: unknown, token?: string) =>
      page.evaluate(call, [app.url, method, path, body, token] as [
        string,
        string,
        string,
        unknown?,
        string?,
      ]);
  };

  it('registers, confirms, logs out, logs in, reads and changes the account, and reads refusals', async () => {
    const ask = await open(origin);
    const { username, phoneNumber } = somebody();
    const registered = await ask('POST', '/registration', {
      username,
      password: PASSWORD,
      phone_number: phoneNumber,
    });
    expect([registered.status, registered.body['state']]).toEqual([201, 'confirmation_required']);
    expect(registered.requestId).toMatch(/^[\da-f-]{36}$/);
    const wrong = await ask(
      'POST',
      '/session/confirmation',
      { code: '000000' },
      String(registered.body['token']),
    );
    expect([wrong.status, wrong.body['code']]).toEqual([422, 'wrong_code']);
    const code = { code: app.codeFor(phoneNumber) };
    const confirmed = await ask(
      'POST',
      '/session/confirmation',
      code,
      String(registered.body['token']),
    );
    expect([confirmed.status, confirmed.body['state']]).toEqual([200, 'active']);
    expect(
      (await ask('DELETE', '/session', undefined, String(confirmed.body['token']))).status,
    ).toBe(204);
    const opened = await ask('POST', '/session', { username, password: PASSWORD });
    expect([opened.status, opened.body['state']]).toEqual([201, 'active']);
    const token = String(opened.body['token']);
    expect((await ask('PATCH', '/me', { full_name: 'Ada' }, token)).body).toMatchObject({
      username,
      full_name: 'Ada',
    });
    expect((await ask('GET', '/me', undefined, token)).body).toMatchObject({
      username,
      full_name: 'Ada',
    });
    expect((await ask('DELETE', '/session', undefined, token)).status).toBe(204);
    expect((await ask('GET', '/me', undefined, token)).body).toMatchObject({
      code: 'unauthenticated',
    });
    expect((await ask('GET', '/nothing')).status).toBe(404);
  });

  it('of an origin that is not named hears nothing, and does nothing', async () => {
    const ask = await open(origin.replace('127.0.0.1', 'localhost'));
    const { username, phoneNumber } = somebody();
    await expect(
      ask('POST', '/registration', { username, password: PASSWORD, phone_number: phoneNumber }),
    ).rejects.toThrow();
    await expect(ask('GET', '/session')).rejects.toThrow();
    expect(app.sent(phoneNumber)).toBe(0);
  });
});
