import type { Browser, BrowserContextOptions } from 'playwright-core';
import { inBrowser, PHONE, picture, startBrowser, watch, WIDE } from '../support/browser.js';
import { startApp, type TestApp } from '../support/start-app.js';
import type { ApiDocument } from '../support/strict-api.js';
import { makeAccount } from '../support/ways.js';

const WAYS: [string, BrowserContextOptions][] = [
  ['wide', { viewport: WIDE }],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' }],
];

inBrowser('the page of the API in Chromium', () => {
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
    'shows every call, and tries a log-in and what needs its token (%s)',
    async (way, options) => {
      const context = await browser.newContext({ ...options, baseURL: app.url });
      const page = await context.newPage();
      page.setDefaultTimeout(5_000);
      const seen = watch(page);
      const { paths } = (await (await fetch(`${app.url}/docs-json`)).json()) as ApiDocument;
      const { username, password } = await makeAccount(app);

      await page.goto('/docs');
      const calls = Object.values(paths).flatMap((methods) =>
        Object.values(methods).map(({ operationId }) => operationId),
      );
      for (const id of calls)
        expect(await page.locator(`section#${id} form button`).isVisible()).toBe(true);
      const open = page.locator(`section#${paths['/api/v1/session']!['post']!.operationId}`);
      await open.locator('textarea').fill(JSON.stringify({ username, password }));
      await open.getByRole('button').click();
      await open.locator('output').getByText('"state": "active"').waitFor();
      expect(await page.locator('#token').inputValue()).toMatch(/^[\w-]{43}$/);
      const me = page.locator(`section#${paths['/api/v1/me']!['get']!.operationId}`);
      await me.getByRole('button').click();
      await me.locator('output').getByText(`"username": "${username}"`).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
        true,
      );
      await picture(page, `${way}-api-docs`);
      expect(seen).toEqual({ errors: [], elsewhere: [] });
      await context.close();
    },
  );
});
