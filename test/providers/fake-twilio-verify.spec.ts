import { FakeTwilioVerify } from '../support/fake-twilio-verify.js';

type Fields = Record<string, string>;
type Answer = Record<string, unknown>;

/** The test server itself: what a client of the real protocol may rely on. */
describe('FakeTwilioVerify', () => {
  const To = '+14155550100';
  let now: number;
  let fake: FakeTwilioVerify;

  beforeEach(async () => {
    now = 0;
    fake = await new FakeTwilioVerify({
      now: () => now,
      specialNumbers: { '+14155550205': '60205' },
    }).start();
  });
  afterEach(() => fake.close());

  const post = async (
    path: string,
    fields: Fields,
    headers = basic(fake.accountSid, fake.authToken),
  ): Promise<Answer> => {
    const url = `${fake.url}/v2/Services/${fake.serviceSid}/${path}`;
    const body = headers['content-type'] ? JSON.stringify(fields) : new URLSearchParams(fields);
    const response = await fetch(url, { method: 'POST', headers, body });
    return { http: response.status, ...((await response.json()) as object) };
  };
  const start = (fields: Fields = {}) => post('Verifications', { To, Channel: 'sms', ...fields });
  const check = (fields: Fields) => post('VerificationCheck', { To, ...fields });
  const wrong = () => (fake.codeFor(To) === '000000' ? '111111' : '000000');

  it('sends the same code under the same id for ten minutes, then begins another verification', async () => {
    const first = await start();
    now = 599_999;
    const second = await start();
    expect(second).toMatchObject({ http: 201, sid: first['sid'], status: 'pending', valid: false });
    expect(second['send_code_attempts']).toHaveLength(2);
    expect(fake.messages[0]?.code).toBe(fake.messages[1]?.code);
    now = 600_000;
    expect((await start())['sid']).not.toBe(first['sid']);
  });

  it('sends a code of others only where it is set up for them, the last one it was given', async () => {
    expect(await start({ CustomCode: '123456' })).toMatchObject({ http: 403, code: 60204 });
    await fake.close();
    fake = await new FakeTwilioVerify({ customCodes: true, now: () => now }).start();
    expect(await start({ CustomCode: '123' })).toMatchObject({ http: 400, code: 60200 });
    const { sid } = await start({ CustomCode: '123456' });
    expect(await start({ CustomCode: '654321' })).toMatchObject({ http: 201, sid });
    expect(fake.messages.map(({ code }) => code)).toEqual(['123456', '654321']);
    expect(await check({ Code: '654321' })).toMatchObject({ status: 'approved' });
  });

  it('refuses the sixth send', async () => {
    for (let count = 0; count < 5; count += 1) expect(await start()).toMatchObject({ http: 201 });
    expect(await start()).toMatchObject({ http: 429, code: 60203, status: 429 });
    expect(fake.messages).toHaveLength(5);
  });

  it('refuses the sixth check, and knows the verification no more', async () => {
    await start();
    for (let count = 0; count < 5; count += 1) {
      expect(await check({ Code: wrong() })).toMatchObject({
        http: 200,
        status: 'pending',
        valid: false,
      });
    }
    expect(await check({ Code: fake.codeFor(To) })).toMatchObject({ http: 429, code: 60202 });
    expect(await check({ Code: fake.codeFor(To) })).toMatchObject({ http: 404, code: 20404 });
    expect(await start()).toMatchObject({ http: 201 });
  });

  it('approves once, by number or by id', async () => {
    const { sid } = await start();
    const Code = fake.codeFor(To);
    const approved = await post('VerificationCheck', { VerificationSid: String(sid), Code });
    expect(approved).toMatchObject({ http: 200, sid, to: To, status: 'approved', valid: true });
    expect(await check({ Code })).toMatchObject({ http: 404, code: 20404 });
  });

  it('forgets what is cancelled, and cancels nothing twice', async () => {
    const { sid } = await start();
    const path = `Verifications/${String(sid)}`;
    expect(await post(path, { Status: 'over' })).toMatchObject({ http: 400, code: 60200 });
    expect(await post(path, { Status: 'canceled' })).toMatchObject({
      http: 200,
      status: 'canceled',
    });
    expect(await post(path, { Status: 'canceled' })).toMatchObject({ http: 404 });
    expect(await check({ Code: fake.codeFor(To) })).toMatchObject({ http: 404 });
  });

  it.each([
    [{ To: '4155550100' }, 400, 60200],
    [{ To: '' }, 400, 60200],
    [{ Channel: 'pigeon' }, 400, 60200],
    [{ Locale: 'tlh' }, 404, 20404],
    [{ To: '+14155550205' }, 403, 60205],
    [{ To: '+14155550205', Channel: 'call' }, 201, undefined],
  ])('a start with %j: %d', async (fields, http, code) => {
    expect(await start(fields as Fields)).toMatchObject({
      http,
      ...(code === undefined ? {} : { code }),
    });
  });

  it('takes its own credentials, its own service and forms only', async () => {
    const fields = { To, Channel: 'sms' };
    const json = { ...basic(fake.accountSid, fake.authToken), 'content-type': 'application/json' };
    expect(await post('Verifications', fields, basic(fake.accountSid, 'other'))).toMatchObject({
      http: 401,
      code: 20003,
    });
    expect(await post('../VA1/Verifications', fields)).toMatchObject({ http: 404, code: 20404 });
    expect(await post('Verifications', fields, json)).toMatchObject({ http: 400, code: 60200 });
    expect(await post('VerificationCheck', { Code: '123456' })).toMatchObject({
      http: 400,
      code: 60221,
    });
    expect(await check({ Code: '123' })).toMatchObject({ http: 400, code: 60200 });
    expect(await post('Elsewhere', {})).toMatchObject({ http: 404 });
    expect(fake.messages).toEqual([]);
  });
});

const basic = (name: string, password: string): Fields => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
