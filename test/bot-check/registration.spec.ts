import { minutes } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { FakeSiteVerify, VENDORS } from '../support/fake-site-verify.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import { solve } from '../support/solve.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { StrictApi } from '../support/strict-api.js';

const OUT_OF_ORDER = { answer: { status: 502, body: 'Bad gateway' } };

const environmentOf = (name: keyof typeof VENDORS, { url }: FakeSiteVerify) => {
  const { siteKey, secret } = VENDORS[name];
  const prefix = name.toUpperCase();
  return {
    BOT_CHECK: name,
    BOT_CHECK_WHEN: 'always',
    BOT_CHECK_DIFFICULTY: '10',
    ABUSE_LIMITS: 'enforce',
    [`${prefix}_SITE_KEY`]: siteKey,
    [`${prefix}_SECRET`]: secret,
    [`${prefix}_URL`]: url,
  };
};

const bodyOf = ({ username, password, phoneNumber }: ReturnType<typeof somebody>) => ({
  username,
  password,
  phone_number: phoneNumber,
});

describe('a registration without a bot check', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('is what it always was; an answer nobody asked for does no harm', async () => {
    const api = await StrictApi.at(app.url);
    expect((await api.call('GET', '/registration/bot-check')).body).toEqual({
      required: false,
      name: null,
      puzzle: null,
      site_key: null,
      expires_at: null,
    });
    expect((await new PagePerson(app.url).get('/register/')).html).not.toMatch(
      /bot-check|noscript/,
    );
    const answered = await api.call('POST', '/registration', {
      json: { ...bodyOf(somebody()), bot_check: 'anything' },
    });
    expect(answered.status).toBe(201);
  });
});

describe('a registration with Turnstile', () => {
  let app: TestApp;
  let fake: FakeSiteVerify;
  let api: StrictApi;
  beforeAll(async () => {
    fake = await new FakeSiteVerify(VENDORS.turnstile).start();
    app = await startApp({ environment: environmentOf('turnstile', fake) });
    api = await StrictApi.at(app.url);
  });
  afterAll(async () => {
    await app.close();
    await fake.close();
  });

  const register = (bot_check?: string, form = somebody()) =>
    api.call('POST', '/registration', { json: { ...bodyOf(form), bot_check } });
  const task = async () => (await api.call('GET', '/registration/bot-check')).body;

  it('says which widget is due, and takes its token once', async () => {
    expect(await task()).toEqual({
      required: true,
      name: 'turnstile',
      puzzle: null,
      site_key: VENDORS.turnstile.siteKey,
      expires_at: null,
    });
    expect(await register()).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/bot_check', code: 'required' }] },
    });
    const token = fake.newToken();
    expect(await register(token)).toMatchObject({ status: 201 });
    expect(await register(token)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/bot_check', code: 'invalid' }] },
    });
  });

  it('counts one token once even when the service says yes again and again', async () => {
    fake.fail({
      answer: { status: 200, body: { success: true, hostname: '127.0.0.1', action: 'register' } },
    });
    const tries = await Promise.all(Array.from({ length: 10 }, () => register('one-token')));
    fake.fail({
      answer: { status: 200, body: { success: false, 'error-codes': ['invalid-input-response'] } },
    });
    expect(tries.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(422)]);
  });

  it('asks nobody about a token while a field is wrong', async () => {
    const asked = fake.requests.length;
    expect(await register(fake.newToken(), { ...somebody(), password: 'short' })).toMatchObject({
      status: 422,
    });
    expect(fake.requests).toHaveLength(asked);
  });

  it('goes on by a proof of work while the service is down, for a minute, and lets nobody through meanwhile', async () => {
    fake.fail(OUT_OF_ORDER);
    expect(await register(fake.newToken())).toMatchObject({
      status: 503,
      body: { code: 'bot_check_unavailable' },
    });
    const { name, puzzle, required } = await task();
    expect({ name, required }).toEqual({ name: 'proof-of-work', required: true });
    app.clock.advance(minutes(1));
    expect(await task()).toMatchObject({ name: 'turnstile', puzzle: null });
    expect(await register(await solve(puzzle))).toMatchObject({ status: 201 });
    expect(await register(await solve(puzzle))).toMatchObject({ status: 422 });
    expect(
      app.logs.filter((line) => line.includes('the proof of work stands in for it')),
    ).toHaveLength(1);
  });

  it('tells no log of tokens and secrets', () => {
    const logs = app.logs.join('\n');
    for (const told of [VENDORS.turnstile.secret, 'one-token', ...fake.tokens.keys()])
      expect(logs).not.toContain(told);
  });
});

describe('a registration with hCaptcha', () => {
  let app: TestApp;
  let fake: FakeSiteVerify;
  beforeAll(async () => {
    fake = await new FakeSiteVerify(VENDORS.hcaptcha).start();
    app = await startApp({ environment: environmentOf('hcaptcha', fake) });
  });
  afterAll(async () => {
    await app.close();
    await fake.close();
  });

  it("shows its widget, lets in its origins, and takes its token under the widget's own name", async () => {
    const person = new PagePerson(app.url);
    const { html, headers } = await person.get('/register/');
    expect(html).toContain(`<div class="h-captcha" data-sitekey="${VENDORS.hcaptcha.siteKey}">`);
    expect(html).toContain(
      '<script src="https://js.hcaptcha.com/1/api.js?recaptchacompat=off" async',
    );
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    for (const directive of ['script-src', 'style-src', 'connect-src'])
      expect(policy).toContain(`${directive} 'self' https://hcaptcha.com https://*.hcaptcha.com`);
    expect(policy).toContain('frame-src https://hcaptcha.com https://*.hcaptcha.com');

    const { username, password, phoneNumber } = somebody();
    const form = { username, phone_number: phoneNumber, password1: password, password2: password };
    const refused = await person.post('/register/', { ...form, 'h-captcha-response': 'made-up' });
    expect([refused.status, refused.errors.length]).toEqual([422, 1]);
    expect(refused.html).toContain('h-captcha');
    const done = await person.post('/register/', {
      ...form,
      'h-captcha-response': fake.newToken(),
    });
    expect([done.status, done.location]).toEqual([303, '/verify/']);
    expect(await new ApiPerson(app.url).register(somebody())).toMatchObject({ status: 422 });
  });
});
