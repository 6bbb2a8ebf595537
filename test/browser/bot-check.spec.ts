import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { User } from '../../src/users/user.entity.js';
import { inBrowser, PHONE, picture, startBrowser, watch, WIDE } from '../support/browser.js';
import { FakeSiteVerify, VENDORS } from '../support/fake-site-verify.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

const ALWAYS = { BOT_CHECK_WHEN: 'always', ABUSE_LIMITS: 'enforce' };
const DONE = 'Check done: no robot at work.';

const WAYS: [string, BrowserContextOptions][] = [
  ['wide', { viewport: WIDE }],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' }],
];

inBrowser('the bot check in Chromium', () => {
  let app: TestApp;
  let withTurnstile: TestApp;
  let turnstile: FakeSiteVerify;
  let browser: Browser;
  beforeAll(async () => {
    turnstile = await new FakeSiteVerify(VENDORS.turnstile).start();
    const { siteKey, secret } = VENDORS.turnstile;
    const account = {
      TURNSTILE_SITE_KEY: siteKey,
      TURNSTILE_SECRET: secret,
      TURNSTILE_URL: turnstile.url,
    };
    app = await startApp({ environment: { ...ALWAYS, BOT_CHECK_DIFFICULTY: '600' } });
    withTurnstile = await startApp({
      environment: { ...ALWAYS, ...account, BOT_CHECK: 'turnstile', BOT_CHECK_DIFFICULTY: '100' },
    });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
    await withTurnstile.close();
    await turnstile.close();
  });

  const open = async (
    { url }: TestApp,
    options: BrowserContextOptions,
    prepare?: (context: BrowserContext) => Promise<void>,
  ) => {
    const context = await browser.newContext({ ...options, baseURL: url });
    await prepare?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const seen = watch(page);
    await page.goto('/register/');
    return { page, seen };
  };

  it.each(WAYS)(
    'is done while the person types, and nobody else is asked (%s)',
    async (way, options) => {
      const { page, seen } = await open(app, options);
      await page.getByText(DONE).waitFor();
      await picture(page, `${way}-bot-check`);
      await register(page);
      await page.waitForURL('**/verify/');
      expect(seen).toEqual({ errors: [], elsewhere: [] });
      await page.context().close();
    },
  );

  it('holds a form that is sent too early, and sends it when it is done', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { page, seen } = await open(app, { viewport: WIDE }, async (context) => {
      await context.route('**/bot-check.worker.js', async (route) => {
        await held;
        await route.continue();
      });
    });
    await register(page);
    await page.getByText('the check is not done yet').waitFor();
    expect(await page.locator('form[aria-busy]').count()).toBe(0);
    release();
    await page.waitForURL('**/verify/');
    expect(seen.errors).toEqual([]);
    await page.context().close();
  });

  it('is made anew in a form that comes back, from the history too, and in one that was left open too long', async () => {
    const { page } = await open(app, { viewport: WIDE });
    await register(page, { password2: 'another one entirely' });
    await page.getByText('Passwords do not match').waitFor();
    await page.getByText(DONE).waitFor();
    const back = page.waitForResponse('**/registration/bot-check');
    await page.evaluate(() =>
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    );
    await back;
    await page.getByText(DONE).waitFor();
    await page.clock.install();
    await page.clock.fastForward('19:00');
    const asked = page.waitForResponse('**/registration/bot-check');
    await register(page);
    expect((await asked).status()).toBe(200);
    await page.clock.runFor(5_000);
    await page.waitForURL('**/verify/');
    await page.context().close();
  });

  it('says what is needed to a browser without JavaScript, and keeps what was typed', async () => {
    const { page } = await open(app, { viewport: WIDE, javaScriptEnabled: false });
    expect(await page.locator('noscript p').innerText()).toContain('please turn JavaScript on');
    const form = await register(page);
    expect(await page.getByRole('alert').textContent()).toContain(
      'we check that no robot asks for it',
    );
    expect(await page.getByLabel('Username').inputValue()).toBe(form.username);
    expect(await page.locator('[name=password1]').inputValue()).toBe('');
    expect(await app.db.getRepository(User).countBy({ username: form.username })).toBe(0);
    await picture(page, 'without-javascript-bot-check');
    await page.context().close();
  });

  it("can be a service's, whose script and frames are let in on that page only", async () => {
    const { page, seen } = await open(withTurnstile, { viewport: WIDE });
    await page.getByLabel('I am a person').waitFor();
    await register(page);
    await page.getByText('Please finish the check above').waitFor();
    await picture(page, 'wide-bot-check-turnstile');
    // The form that was held goes out at once, and takes the box with it.
    await page.getByLabel('I am a person').click();
    await page.waitForURL('**/verify/');
    expect(seen.errors).toEqual([]);
    const letsIn = async (path: string) =>
      (await fetch(`${withTurnstile.url}${path}`)).headers
        .get('content-security-policy')
        ?.includes(turnstile.url);
    expect([await letsIn('/register/'), await letsIn('/login/')]).toEqual([true, false]);
    await page.context().close();
  });

  it('is our own while that service is down', async () => {
    const { page } = await open(withTurnstile, { viewport: PHONE });
    await page.getByLabel('I am a person').check();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name=bot_check]')?.value,
    );
    turnstile.fail({ answer: { status: 502, body: 'Bad gateway' } });
    const refused = page.waitForResponse((response) => response.status() === 503);
    const form = await register(page);
    await refused;
    expect(await page.getByRole('alert').textContent()).toContain('another check takes its place');
    await page.getByText(DONE).waitFor();
    await picture(page, 'phone-bot-check-stands-in');
    await page.locator('[name=password1]').fill(form.password);
    await page.locator('[name=password2]').fill(form.password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await page.waitForURL('**/verify/');
    await page.context().close();
  });
});

async function register(page: Page, { password2 }: { password2?: string } = {}) {
  const form = somebody();
  await page.getByLabel('Username').fill(form.username);
  await page.getByLabel('Phone number').fill(form.phoneNumber);
  await page.locator('[name=password1]').fill(form.password);
  await page.locator('[name=password2]').fill(password2 ?? form.password);
  await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
  return form;
}
