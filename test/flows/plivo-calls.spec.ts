import { minutes, seconds } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { FakePlivo } from '../support/fake-plivo.js';
import {
  deliver,
  plivoForm,
  sealV2,
  sealV3,
  signatureV2,
  signatureV3,
} from '../support/fake-plivo.receipts.js';
import { booksOf } from '../support/message-books.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

const [AUTH_ID, AUTH_TOKEN] = ['MAXXXXXXXXXXXXXXXXXX', 'my_auth_token'];
const FORM = plivoForm({ Status: undefined, CallStatus: 'in-progress', Event: 'StartApp' });
const DIGITS = /(\d), (\d), (\d), (\d), (\d), (\d)/g;

onBothDatabases('calls by Plivo', (database) => {
  let plivo: FakePlivo;
  let app: TestApp;
  beforeAll(async () => {
    const now = () => app.clock.now();
    plivo = await new FakePlivo({ authId: AUTH_ID, authToken: AUTH_TOKEN, now }).start();
    app = await startApp({
      database,
      environment: {
        VERIFICATION_PROVIDER: 'self:plivo',
        PUBLIC_URL: 'https://accounts.example.com',
        PLIVO_URL: plivo.url,
        PLIVO_AUTH_ID: AUTH_ID,
        PLIVO_AUTH_TOKEN: AUTH_TOKEN,
        PLIVO_FROM: '+14155550199',
      },
    });
  });
  afterAll(async () => {
    await app.close();
    await plivo.close();
  });

  /** Somebody who asked for a call, in that language. */
  const called = async (locale = 'en') => {
    const person = new ApiPerson(app.url);
    const form = somebody();
    await person.register(form);
    app.clock.advance(seconds(30));
    const asked = await fetch(`${app.url}/api/v1/session/confirmation/resend`, {
      method: 'POST',
      body: '{"channel":"call"}',
      headers: {
        'content-type': 'application/json',
        'accept-language': locale,
        authorization: `Bearer ${person.token() ?? ''}`,
      },
    });
    expect(asked.status).toBe(202);
    return { person, form, ...plivo.calls.at(-1)! };
  };
  const ask = async (url: string, headers = sealV3(signatureV3(AUTH_TOKEN, FORM, url))) => {
    const { body, headers: sealed } = deliver(FORM, headers, url);
    const to = `${app.url}${new URL(url).pathname}`;
    const answer = await fetch(to, {
      method: 'POST',
      headers: sealed as Record<string, string>,
      body: body.toString(),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('say the code twice, digit by digit, in the language of the person, and it opens the account', async () => {
    const { person, form, answerUrl, hangupUrl } = await called('de');
    const { status, headers, text } = await ask(answerUrl);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/xml; charset=utf-8',
      'no-store',
    ]);
    expect(text).toContain('<Speak voice="Polly.Vicki">Ihr Ringback-Code lautet');
    const codes = [...text.matchAll(DIGITS)].map((digits) => digits.slice(1).join(''));
    expect(codes).toEqual([codes[0], codes[0]]);

    const report = plivoForm({ Status: undefined, CallStatus: 'completed' });
    const hangup = deliver(report, sealV3(signatureV3(AUTH_TOKEN, report, hangupUrl)), hangupUrl);
    const told = await fetch(`${app.url}${new URL(hangupUrl).pathname}`, {
      method: 'POST',
      headers: hangup.headers as Record<string, string>,
      body: hangup.body.toString(),
    });
    expect(told.status).toBe(204);
    const { messages } = await booksOf(app, form.phoneNumber);
    expect(messages.at(-1)).toMatchObject({
      channel: 'call',
      provider: 'self:plivo',
      status: 'delivered',
    });
    expect(await person.confirm(codes[0] ?? '')).not.toHaveProperty('error');
    expect(plivo.requests.findLast(({ path }) => path.endsWith('Call/'))?.body).not.toContain(
      codes[0],
    );
    expect(answerUrl + hangupUrl + app.logs.join()).not.toContain(codes[0]);
    expect((await ask(answerUrl)).status).toBe(404);
  });

  it('tell it to Plivo alone: unsigned, forged, or signed for another call, it is 403', async () => {
    const { answerUrl } = await called();
    const { answerUrl: other } = await called();
    const seals = [
      {},
      sealV3('AAAA'),
      sealV3(signatureV3('another-token', FORM, answerUrl)),
      sealV3(signatureV3(AUTH_TOKEN, FORM, other)),
      sealV2(signatureV2('another-token', answerUrl)),
      sealV2(signatureV2(AUTH_TOKEN, other)),
    ];
    for (const seal of seals) {
      const { status, text } = await ask(answerUrl, seal);
      expect(status).toBe(403);
      expect(text).not.toMatch(DIGITS);
    }
    const inLanguage = answerUrl.replace('/en/', '/de/');
    expect((await ask(inLanguage, sealV3(signatureV3(AUTH_TOKEN, FORM, answerUrl)))).status).toBe(
      403,
    );
    for (const sender of ['twilio', 'inbox', 'none', '__proto__']) {
      expect((await ask(answerUrl.replace('plivo', sender))).status).toBe(403);
    }
    expect((await ask(answerUrl, sealV2(signatureV2(AUTH_TOKEN, answerUrl)))).status).toBe(200);
  });

  it('say nothing for a text, for a message nobody knows, and for a code that works no more', async () => {
    const { form, answerUrl } = await called();
    const { messages } = await booksOf(app, form.phoneNumber);
    const [text, call] = messages.map(({ reference }) => reference);
    expect((await ask(answerUrl.replace(call ?? '', text ?? ''))).status).toBe(404);
    expect((await ask(answerUrl.replace(call ?? '', 'A'.repeat(22)))).status).toBe(404);
    expect((await ask(answerUrl)).status).toBe(200);
    app.clock.advance(minutes(10));
    expect((await ask(answerUrl)).status).toBe(404);
  });

  it('say it though another message has gone out meanwhile', async () => {
    const { person, answerUrl } = await called();
    const before = await ask(answerUrl);
    app.clock.advance(seconds(40));
    expect(await person.resend()).not.toHaveProperty('error');
    expect(await ask(answerUrl)).toMatchObject({ status: 200, text: before.text });
  });
});
