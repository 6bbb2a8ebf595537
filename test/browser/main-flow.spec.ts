import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { minutes } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { inBrowser, PHONE, picture, startBrowser, watch, WIDE } from '../support/browser.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const WAYS: [string, BrowserContextOptions][] = [
  ['wide', { viewport: WIDE }],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' }],
  ['without-javascript', { viewport: WIDE, javaScriptEnabled: false }],
];

inBrowser('the main flow in Chromium', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('finds a country by the first letters of its name, and starts at that of the browser', async () => {
    const page = await browser.newPage({ baseURL: app.url, locale: 'de-AT' });
    await page.goto('/register/');
    const list = page.getByLabel('Country');
    const chosen = () =>
      list.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label);
    expect(await chosen()).toBe('Austria +43');
    for (const [typed, label] of [
      ['ger', 'Germany +49'],
      ['canada', 'Canada +1'],
      ['isle', 'Isle of Man +44'],
    ] as const) {
      await list.focus();
      await page.keyboard.type(typed);
      expect(await chosen()).toBe(label);
      // Letters typed at once are one word to the browser.
      await page.waitForTimeout(1100);
    }
    await page.close();
  });

  it('a member whose number turns out taken gives another one, and is in', async () => {
    const member = await makeAccount(app, { phoneNumberVerified: false });
    const owner = new ApiPerson(app.url);
    await owner.register({ ...somebody(), phoneNumber: member.phoneNumber });
    await owner.confirm(app.codeFor(member.phoneNumber));
    app.clock.advance(minutes(1));
    const page = await browser.newPage({ baseURL: app.url, viewport: WIDE, locale: 'de-AT' });
    page.setDefaultTimeout(5_000);
    const seen = watch(page);
    await page.goto('/login/');
    await logIn(page, member.username, member.password);
    await page.waitForURL('**/verify/');
    await confirm(page, app.codeFor(member.phoneNumber));
    await page.getByRole('heading', { name: 'Give another phone number' }).waitFor();
    await picture(page, 'number-taken');
    await page.getByLabel('Phone number').fill('0664 1234567');
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByText('+43 664 1234567').waitFor();
    await picture(page, 'number-given');
    await confirm(page, app.codeFor('+436641234567'));
    await page.waitForURL('**/dashboard/');
    expect(seen).toEqual({ errors: [], elsewhere: [] });
    await page.close();
  });

  it.each(WAYS)(
    'registers, confirms, turns two-factor on, logs out and in again, turns it off (%s)',
    async (way, options) => {
      const context = await browser.newContext({ ...options, baseURL: app.url });
      const page = await context.newPage();
      page.setDefaultTimeout(5_000);
      const seen = watch(page);
      const person = somebody();

      await page.goto('/');
      await picture(page, `${way}-home`);
      await page.getByRole('link', { name: 'Register' }).first().click();
      await register(page, { ...person, password2: 'another one entirely' });
      expect(await page.getByText('Passwords do not match').count()).toBe(1);
      expect(await page.getByLabel('Username').inputValue()).toBe(person.username);
      await picture(page, `${way}-register-refused`);
      await register(page, { ...person, password2: person.password });

      await page.waitForURL('**/verify/');
      expect(await page.textContent('main')).toContain(
        'The verification code is valid for 10 minutes.',
      );
      await picture(page, `${way}-verify`);
      const right = app.codeFor(person.phoneNumber);
      await confirm(page, right === '000000' ? '000001' : '000000');
      expect(await page.textContent('main')).toContain('Verification code is incorrect');
      await picture(page, `${way}-verify-wrong`);
      await confirm(page, right);

      await page.waitForURL('**/dashboard/');
      await picture(page, `${way}-dashboard`);
      app.clock.advance(minutes(6));
      await page.getByRole('button', { name: /two-factor on/i }).click();
      await page.waitForURL('**/verify/');
      await confirm(page, app.codeFor(person.phoneNumber));
      await page.waitForURL('**/dashboard/');
      expect(await page.textContent('main')).toContain('Two-factor authentication is on.');

      await page.goto('/logout/');
      await page.getByRole('main').getByRole('button', { name: 'Log out' }).click();
      await page.waitForURL(`${app.url}/`);
      await page.goto('/dashboard/');
      expect(page.url()).toContain('/login/?next=/dashboard/');
      await logIn(page, person.username, 'a wrong one');
      expect(await page.textContent('main')).toContain(
        'Sorry, that login was invalid. Please try again.',
      );
      await picture(page, `${way}-login-refused`);
      await logIn(page, person.username, person.password);
      await page.waitForURL('**/verify/');
      await confirm(page, app.codeFor(person.phoneNumber));
      await page.waitForURL('**/dashboard/');

      await page.getByRole('button', { name: /two-factor off/i }).click();
      await page.waitForURL('**/verify/');
      await confirm(page, app.codeFor(person.phoneNumber));
      await page.waitForURL('**/dashboard/');
      expect(await page.textContent('main')).toContain('Two-factor authentication is off.');
      await page.goto('/password/');
      await picture(page, `${way}-password`);

      expect(seen).toEqual({ errors: [], elsewhere: [] });
      await context.close();
    },
  );
});

async function register(
  page: Page,
  form: { username: string; phoneNumber: string; password: string; password2: string },
): Promise<void> {
  await page.getByLabel('Username').fill(form.username);
  await page.getByLabel('Full name').fill('Ada Lovelace');
  await page.getByLabel('Phone number').fill(form.phoneNumber);
  await page.locator('[name=password1]').fill(form.password);
  await page.locator('[name=password2]').fill(form.password2);
  await page
    .getByRole('main')
    .getByRole('button', { name: /register|create|continue|sign up/i })
    .click();
}

async function confirm(page: Page, code: string): Promise<void> {
  await page.locator('[name=one_time_password]').pressSequentially(code);
  await page.locator('[name=one_time_password]').press('Enter');
}

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=password]').press('Enter');
}
