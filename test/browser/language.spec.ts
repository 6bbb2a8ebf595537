import type { Browser, BrowserContextOptions } from 'playwright-core';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import { inBrowser, PHONE, picture, startBrowser, watch, WIDE } from '../support/browser.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const WAYS: [string, BrowserContextOptions][] = [
  ['wide', { viewport: WIDE }],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' }],
  ['without-javascript', { viewport: WIDE, javaScriptEnabled: false }],
];

inBrowser('the language of messages in Chromium', () => {
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

  it.each(WAYS)(
    "is chosen on the dashboard, shown there, and goes before the browser's own (%s)",
    async (way, options) => {
      const context = await browser.newContext({ ...options, locale: 'fr-CA', baseURL: app.url });
      const page = await context.newPage();
      page.setDefaultTimeout(5_000);
      const seen = watch(page);
      const { username, password, phoneNumber } = await makeAccount(app);

      await page.goto('/login/');
      await page.getByLabel('Username').fill(username);
      await page.locator('[name=password]').fill(password);
      await page.locator('[name=password]').press('Enter');
      await page.waitForURL('**/dashboard/');
      const language = page.getByLabel('Language', { exact: true });
      expect(await language.inputValue()).toBe('browser');
      await picture(page, `${way}-language`);
      await language.selectOption('Español');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Your messages will come in the language you chose.').waitFor();
      expect(await language.inputValue()).toBe('es');
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
        true,
      );
      await picture(page, `${way}-language-saved`);

      await page.getByRole('button', { name: /two-factor on/i }).click();
      await page.waitForURL('**/verify/');
      const [message] = app.app.get(InboxSender, { strict: false }).messages(phoneNumber);
      expect(message?.text).toContain('es tu clave de Ringback');

      expect(seen).toEqual({ errors: [], elsewhere: [] });
      await context.close();
    },
  );
});
