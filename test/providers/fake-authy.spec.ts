import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { FakeAuthy } from '../support/fake-authy.js';

/** The test server itself: what a client of the real protocol may rely on. */
describe('FakeAuthy', () => {
  const number = { country_code: '1', phone_number: '415-555-0100' };
  const header = { 'X-Authy-API-Key': 'k' };
  let now: number;
  let fake: FakeAuthy;

  beforeEach(async () => {
    now = 0;
    fake = await new FakeAuthy({
      key: 'k',
      now: () => now,
      specialNumbers: { '+14155550182': '60082' },
    }).start();
  });
  afterEach(() => fake.close());

  type Fields = Record<string, string>;
  const post = async (
    fields: Fields,
    headers: Fields = header,
    query = '',
  ): Promise<Record<string, unknown>> => {
    const url = `${fake.url}/protected/json/phones/verification/start${query}`;
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const get = async (what: 'check' | 'status', fields: Fields) => {
    const url = `${fake.url}/protected/json/phones/verification/${what}?${new URLSearchParams(fields)}`;
    return (await fetch(url, { headers: header })).json() as Promise<object>;
  };

  it('sends the same code for ten minutes while seconds_to_expire falls, then another verification begins', async () => {
    const first = await post({ ...number, via: 'sms' });
    now = 599_000;
    const second = await post({ ...number, via: 'sms' });
    expect([first, second]).toMatchObject([
      { seconds_to_expire: 600 },
      { seconds_to_expire: 1, uuid: first['uuid'] },
    ]);
    expect(fake.messages[0]?.code).toBe(fake.messages[1]?.code);
    now = 600_000;
    expect(await get('status', number)).toMatchObject({ status: 'expired', seconds_to_expire: 0 });
    expect((await post({ ...number, via: 'sms' }))['uuid']).not.toBe(first['uuid']);
  });

  it('makes codes of 4 digits unless asked for 4 to 10, or told which', async () => {
    await post({ ...number, via: 'sms' });
    expect(fake.codeFor('+14155550100')).toMatch(/^\d{4}$/);
    await post({ ...number, phone_number: '4155550101', via: 'sms', code_length: '10' });
    expect(fake.codeFor('+14155550101')).toMatch(/^\d{10}$/);
    await post({ ...number, phone_number: '4155550102', via: 'sms', custom_code: '424242' });
    expect(fake.codeFor('+14155550102')).toBe('424242');
    for (const code_length of ['3', '11', 'six']) {
      expect(await post({ ...number, via: 'sms', code_length })).toMatchObject({
        status: 400,
        error_code: '60004',
      });
    }
  });

  it('takes its key from header, query or body, and no other key', async () => {
    const fields = { ...number, via: 'sms' };
    expect(await post(fields, {}, '?api_key=k')).toMatchObject({ status: 200 });
    expect(await post({ ...fields, api_key: 'k' }, {})).toMatchObject({ status: 200 });
    expect(await post(fields, {})).toMatchObject({
      status: 401,
      error_code: '60001',
      success: false,
    });
    expect(await post(fields, { 'X-Authy-API-Key': 'other' })).toMatchObject({
      status: 401,
      error_code: '60001',
    });
  });

  it('takes a form body on a GET, as old clients send it', async () => {
    await post({ ...number, via: 'sms' });
    const body = new URLSearchParams({
      ...number,
      verification_code: fake.codeFor('+14155550100'),
    }).toString();
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = {
        ...header,
        'Content-Length': body.length,
        'Content-Type': 'application/x-www-form-urlencoded',
      };
      request(`${fake.url}/protected/json/phones/verification/check`, { method: 'GET', headers })
        .on('response', (response) => void text(response).then(resolve, reject))
        .on('error', reject)
        .end(body);
    });
    expect(JSON.parse(answer)).toEqual({ message: 'Verification code is correct.', success: true });
  });

  it('sends no text to a landline, but calls it', async () => {
    const landline = { country_code: '1', phone_number: '4155550182' };
    expect(await post({ ...landline, via: 'sms' })).toMatchObject({
      status: 403,
      error_code: '60082',
    });
    const called = { status: 200, message: 'Call to +1 415-555-0182 initiated.' };
    expect(await post({ ...landline, via: 'call' })).toMatchObject(called);
  });

  it('knows a verification by its uuid, before and after it was used', async () => {
    const { uuid } = await post({ ...number, via: 'sms' });
    expect(await get('status', { uuid: String(uuid) })).toMatchObject({
      status: 'pending',
      success: true,
    });
    await get('check', { ...number, verification_code: fake.codeFor('+14155550100') });
    expect(await get('status', { uuid: String(uuid) })).toMatchObject({
      status: 'verified',
      success: true,
    });
    expect(await get('status', {})).toMatchObject({ error_code: '60042' });
    expect(await get('status', { uuid: 'unknown' })).toMatchObject({ error_code: '60023' });
  });
});
