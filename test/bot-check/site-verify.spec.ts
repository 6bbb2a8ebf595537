import { HCaptcha } from '../../src/bot-check/hcaptcha.check.js';
import { Turnstile } from '../../src/bot-check/turnstile.check.js';
import { FakeSiteVerify, VENDORS } from '../support/fake-site-verify.js';
import { REDIRECT, type GatewayFault } from '../support/fake-gateway.js';

const CHECKS = { turnstile: Turnstile, hcaptcha: HCaptcha };
const HOST = 'accounts.example';

const json = (body: object, status = 200): GatewayFault => ({ answer: { status, body } });

/** Nothing clear was said: never a pass, and no word against whoever asked. */
const UNCLEAR: [string, GatewayFault][] = [
  ['success as a string', json({ success: 'true', hostname: HOST, action: 'register' })],
  ['success as a number', json({ success: 1, hostname: HOST, action: 'register' })],
  ['a list', json([{ success: true, hostname: HOST, action: 'register' }])],
  ['no success at all', json({ hostname: HOST, action: 'register' })],
  [
    'a success that comes with an error status',
    json({ success: true, hostname: HOST, action: 'register' }, 400),
  ],
  [
    "a success that comes with a server's error",
    json({ success: true, hostname: HOST, action: 'register' }, 503),
  ],
  ['HTML', 'html'],
  ['nothing', 'empty'],
  ['half an answer', 'truncated'],
  ['a reset', 'reset'],
  ['a reset in the middle', 'reset-mid-answer'],
  ['a redirect', { answer: REDIRECT }],
  ['500', { answer: { status: 500, body: 'oh no' } }],
  ['a failure of its own', json({ success: false, 'error-codes': ['internal-error'] })],
  ['no reason', json({ success: false })],
  ['a word on our account', json({ success: false, 'error-codes': ['invalid-input-secret'] })],
  [
    'too much',
    { answer: { status: 200, body: `{"success":true,"filling":"${'x'.repeat(70_000)}"}` } },
  ],
];

describe.each(['turnstile', 'hcaptcha'] as const)('tokens of %s', (name) => {
  const { siteKey, secret, path } = VENDORS[name];
  let fake: FakeSiteVerify;
  beforeEach(async () => {
    fake = await new FakeSiteVerify(VENDORS[name]).start();
  });
  afterEach(() => fake.close());

  const check = (given: { secret?: string; timeout?: number } = {}) =>
    new CHECKS[name](
      { siteKey, secret: given.secret ?? secret, url: fake.url },
      HOST,
      given.timeout,
    );

  it('pass once, with a name of their own', async () => {
    const [first, second] = [fake.newToken(HOST), fake.newToken(HOST)];
    const passed = await check().verify(first);
    expect(passed).toMatchObject({ outcome: 'passed' });
    expect(await check().verify(second)).not.toEqual(passed);
    expect(JSON.stringify(passed)).not.toContain(first);
    expect(await check().verify(first)).toEqual({ outcome: 'refused' });
  });

  it('are asked about as the service has it, without a word on the person', async () => {
    const token = fake.newToken(HOST);
    await check().verify(token);
    const [request] = fake.requests;
    expect(request).toMatchObject({ method: 'POST', path, query: new URLSearchParams() });
    expect(request!.headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      secret,
      response: token,
      ...(name === 'hcaptcha' ? { sitekey: siteKey } : {}),
    });
  });

  it('of other sites do not count', async () => {
    for (const hostname of ['evil.example', `${HOST}.evil.example`, '', 'example']) {
      expect(await check().verify(fake.newToken(hostname))).toEqual({ outcome: 'refused' });
    }
  });

  it('that nobody made do not count, and what cannot be one is not even asked about', async () => {
    expect(await check().verify('XXXX.DUMMY.TOKEN.XXXX')).toEqual({ outcome: 'refused' });
    for (const text of ['x'.repeat(20_000), '€'.repeat(2000), 'x\0', 'x y', 'x\n']) {
      expect(await check().verify(text)).toEqual({ outcome: 'refused' });
    }
    expect(fake.requests).toHaveLength(1);
  });

  it('say nothing about a person when our own secret is wrong', async () => {
    expect(await check({ secret: 'another' }).verify(fake.newToken(HOST))).toEqual({
      outcome: 'unavailable',
    });
  });

  it.each(UNCLEAR)('never pass by accident: %s', async (_, fault) => {
    fake.fail(fault);
    expect(await check().verify(fake.newToken(HOST))).toEqual({ outcome: 'unavailable' });
    expect(fake.requests).toHaveLength(1);
  });

  it.each(['slow', 'slow-mid-answer'] as const)('do not wait for ever (%s)', async (fault) => {
    fake.fail(fault);
    expect(await check({ timeout: 40 }).verify(fake.newToken(HOST))).toEqual({
      outcome: 'unavailable',
    });
  });

  it('do not pass where nobody answers', async () => {
    await fake.close();
    expect(await check().verify(fake.newToken(HOST))).toEqual({ outcome: 'unavailable' });
    await fake.start();
  });
});

describe('tokens of turnstile', () => {
  it('of another form of the same site do not count', async () => {
    const fake = await new FakeSiteVerify(VENDORS.turnstile).start();
    const check = new Turnstile({ ...VENDORS.turnstile, url: fake.url }, HOST);
    for (const action of ['login', '', 'Register']) {
      expect(await check.verify(fake.newToken(HOST, action))).toEqual({ outcome: 'refused' });
    }
    await fake.close();
  });
});
