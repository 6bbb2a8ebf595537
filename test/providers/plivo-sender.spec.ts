import { LOCALES } from '../../src/common/locale.js';
import type { RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import { PlivoSender } from '../../src/messaging/vendors/plivo/plivo.sender.js';
import {
  AUTH_ID,
  AUTH_TOKEN,
  makePlivoFixture,
  REFUSED,
  type PlivoFixture,
  SETTINGS,
} from './plivo-sender.fixture.js';
import { providerContract, TROUBLES } from './provider-contract.js';
import { messageTo } from './vendor-gateway.fixture.js';

const NUMBER = '+14155550100';
const CALL = {
  channel: 'call' as const,
  scriptUrl: 'https://accounts.example.com/delivery/plivo/calls/en/AAECAwQFBgcICQoLDA0ODw',
};
const callbackUrl = 'https://accounts.example.com/delivery/plivo/AAECAwQFBgcICQoLDA0ODw';

providerContract('plivo', makePlivoFixture, {
  startTroubles: TROUBLES,
  refuses: Object.keys(REFUSED) as RefusalReason[],
});

describe('PlivoSender', () => {
  let fixture: PlivoFixture;
  beforeEach(async () => {
    fixture = await makePlivoFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (change: Parameters<typeof messageTo>[1] = {}) =>
    fixture.sender.send(messageTo(NUMBER, change));
  const sent = () =>
    JSON.parse(fixture.fake.requests.at(-1)?.body ?? '') as Record<string, unknown>;
  const senderFrom = (from: string, callFrom?: string) => {
    const { fake, clock } = fixture;
    return new PlivoSender(
      { ...SETTINGS, PLIVO_FROM: from, PLIVO_CALL_FROM: callFrom, PLIVO_URL: `${fake.url}/` },
      { clock },
    );
  };

  it('names itself, and what it can', () => {
    expect(fixture.sender).toMatchObject({ name: 'plivo', channels: ['sms', 'call'] });
  });

  it('calls from a number only: its own for calls, else the one for texts', async () => {
    for (const from of ['Ringback', '12345']) {
      expect(senderFrom(from).channels).toEqual(['sms']);
      expect(await senderFrom(from).send(messageTo(NUMBER, { ...CALL }))).toEqual({
        outcome: 'unavailable',
      });
    }
    expect(fixture.fake.requests).toEqual([]);
    expect(senderFrom('Ringback', '+14155550198').channels).toEqual(['sms', 'call']);
    await senderFrom('Ringback', '+14155550198').send(messageTo(NUMBER, { ...CALL }));
    expect(sent()).toMatchObject({ from: '14155550198' });
  });

  it('makes a call by the Call API, which learns where to ask, and nothing of the code', async () => {
    const result = await send({ ...CALL, callbackUrl });
    expect(result).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(sent()).toEqual({
      from: '14155550199',
      to: '14155550100',
      answer_url: CALL.scriptUrl,
      answer_method: 'POST',
      hangup_url: callbackUrl,
      hangup_method: 'POST',
      time_limit: 120,
    });
    const { path, body } = fixture.fake.requests[0]!;
    expect(path).toBe(`/v1/Account/${AUTH_ID}/Call/`);
    expect(body).not.toContain('012345');
  });

  it('makes no call that would ask in vain, and says what to mend', async () => {
    for (const scriptUrl of [undefined, CALL.scriptUrl.replace('https', 'http')]) {
      expect(await send({ ...CALL, scriptUrl })).toEqual({ outcome: 'unavailable' });
    }
    expect(fixture.fake.requests).toEqual([]);
    expect(fixture.sentences().join()).toContain('PUBLIC_URL must be https');
  });

  it.each([
    [201, {}, 'unknown'],
    [201, { request_uuid: ['x'] }, 'unknown'],
    [201, { request_uuid: 'x', error: 'no' }, 'unknown'],
    [202, { request_uuid: 'x' }, 'unknown'],
    [201, '<h1/>', 'unknown'],
    [500, {}, 'unavailable'],
    [401, {}, 'unavailable'],
    [400, { error: 'to is not a valid phone number' }, 'refused'],
  ])('takes no other answer for a call: %d %j is %s', async (status, body, outcome) => {
    fixture.fake.fail({ answer: { status, body } });
    expect(await send(CALL)).toMatchObject({ outcome });
  });

  it.each(LOCALES)('speaks the text, in a voice of its language: %s', (locale) => {
    const script = fixture.sender.script({ text: 'a & b <1>, 2.', code: '12', locale });
    const shape =
      /^<Response><Wait length="1"\/><Speak voice="Polly\.\w+">a &amp; b &lt;1&gt;, 2\.<\/Speak><\/Response>$/;
    expect(script).toMatch(shape);
  });

  it('speaks the digits alone where it has no voice', () => {
    const script = fixture.sender.script({ text: 'tlhIngan', code: '120', locale: 'tlh' });
    expect(script).toContain('<Speak voice="Polly.Joanna">1, 2, 0. 1, 2, 0.</Speak>');
  });

  it("says what the Message API asks for, and keeps the text out of Plivo's log", async () => {
    await send({ callbackUrl });
    expect(sent()).toEqual({
      src: '14155550199',
      dst: '14155550100',
      text: '012345 is your Ringback code.\n\n@localhost #012345',
      message_expiry: 600,
      log: 'number_only',
      url: callbackUrl,
      method: 'POST',
    });
    const { path, headers } = fixture.fake.requests[0]!;
    expect(path).toBe(`/v1/Account/${AUTH_ID}/Message/`);
    expect(headers).toMatchObject({ 'content-type': 'application/json', connection: 'close' });
  });

  it('asks for no receipt where Plivo could bring none', async () => {
    for (const nowhere of [
      undefined,
      'http://localhost:3000/delivery/plivo/AAECAwQFBgcICQoLDA0ODw',
    ]) {
      expect(await send({ callbackUrl: nowhere })).toMatchObject({ outcome: 'sent' });
      expect(Object.keys(sent())).toEqual(['src', 'dst', 'text', 'message_expiry', 'log']);
    }
  });

  it.each([
    [0, 5],
    [119.9, 119],
    [700_000, 10_799],
  ])('keeps a life of %d seconds within what the API takes: %d', async (ttl, expiry) => {
    expect(await send({ ttl })).toMatchObject({ outcome: 'sent' });
    expect(sent()['message_expiry']).toBe(expiry);
  });

  it("tells Plivo's id", async () => {
    expect(await send()).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('sends from a name, a short code or a Powerpack', async () => {
    for (const from of ['Ringback', '12345']) {
      await senderFrom(from).send(messageTo(NUMBER));
      expect(sent()).toMatchObject({ src: from });
    }
    const powerpack = '1e8f3b4c-9a0d-4b1e-8a56-0c3f5b7d9e21';
    expect(await senderFrom(powerpack).send(messageTo(NUMBER))).toMatchObject({ outcome: 'sent' });
    expect(sent()).toMatchObject({ powerpack_uuid: powerpack });
    expect(sent()).not.toHaveProperty('src');
  });

  it('shows the token in a header only', async () => {
    await send();
    const { headers, ...rest } = fixture.fake.requests[0]!;
    expect(headers.authorization).toBe(
      `Basic ${Buffer.from(`${AUTH_ID}:${AUTH_TOKEN}`).toString('base64')}`,
    );
    expect(JSON.stringify(rest)).not.toContain(AUTH_TOKEN);
  });

  it('never repeats a send that went wrong', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'html'] as const) {
      fixture.fake.fail(fault);
      expect(await send()).toEqual({ outcome: 'unknown' });
    }
    expect(fixture.fake.requests).toHaveLength(3);
  });

  it('follows no redirect with the token in its hand', async () => {
    await fixture.cause?.('redirect');
    await send();
    expect(fixture.fake.requests).toHaveLength(1);
  });

  describe('probe', () => {
    const bad = (sentence: string) => ({ isGood: false, sentence });
    const good = { isGood: true, sentence: 'Plivo accepts our credentials.' };
    const answerWith = (body: object | string, date = fixture.clock.now().toUTCString()) =>
      fixture.fake.fail({ answer: { status: 200, headers: { Date: date }, body } });

    it('is good, and sends nothing', async () => {
      expect(await fixture.sender.probe()).toEqual(good);
      expect(fixture.fake.messages).toEqual([]);
      expect(fixture.fake.requests[0]).toMatchObject({
        method: 'GET',
        path: `/v1/Account/${AUTH_ID}/`,
      });
    });

    it('knows bad credentials', async () => {
      const sentence =
        'Plivo does not accept our credentials: check PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN.';
      expect(await fixture.connect({ isStranger: true }).probe()).toEqual(bad(sentence));
    });

    it.each([
      ['prepaid', '0.00000', false],
      ['prepaid', '-1.5', false],
      ['prepaid', '0.00001', true],
      ['postpaid', '-12.3', true],
      ['prepaid', {}, true],
      [7, undefined, true],
    ])('knows an account that is %j with %j', async (billing_mode, cash_credits, isGood) => {
      answerWith({ auth_id: AUTH_ID, billing_mode, cash_credits });
      const empty = bad('Plivo accepts our credentials, but the account has no credit left.');
      expect(await fixture.sender.probe()).toEqual(isGood ? good : empty);
    });

    it('knows a clock that is wrong, what is not Plivo, and what is out of reach', async () => {
      answerWith({ auth_id: AUTH_ID }, 'Sun, 01 Mar 2026 12:07:00 GMT');
      expect(await fixture.sender.probe()).toEqual(
        bad('Our clock and that of Plivo differ by 7 minutes: set ours right.'),
      );
      answerWith('<h1>Welcome</h1>');
      expect((await fixture.sender.probe()).sentence).toContain(
        'an answer that we do not understand (HTTP 200)',
      );
      const nowhere = fixture.connect({ url: 'http://plivo.invalid' });
      expect(await nowhere.probe()).toEqual(
        bad('Plivo cannot be reached: check the network and PLIVO_URL.'),
      );
    });
  });
});
