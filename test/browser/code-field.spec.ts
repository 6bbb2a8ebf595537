import type { Browser, BrowserContext, Page } from 'playwright-core';
import { AppError } from '../../src/common/errors/app-error.js';
import { parseCode, type CodeLength } from '../../src/common/text/typed-code.js';
import { inBrowser, startBrowser, watch } from '../support/browser.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { wrong } from '../support/ways.js';

declare const readCode: (typed: string, least: number, most: number) => string | null;

/** Longer than the page waits before it sends by itself. */
const AWHILE = 900;
const FIELD = '[name=one_time_password]';

inBrowser('the field for a code in Chromium', () => {
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    app = await startApp();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  afterEach(() => context.close());

  /** At the confirm page of a new registration; `posts` counts the codes that were sent. */
  const arrive = async (options = {}) => {
    const form = somebody();
    const person = new PagePerson(app.url);
    await person.register({ ...form, password: PASSWORD });
    context = await browser.newContext({
      ...options,
      baseURL: app.url,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await context.addCookies([{ name: 'session', value: person.token() ?? '', url: app.url }]);
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    const posts: string[] = [];
    page.on(
      'request',
      (request) => request.method() === 'POST' && posts.push(new URL(request.url()).pathname),
    );
    const seen = watch(page);
    await page.goto('/verify/');
    return { page, posts, seen, code: app.codeFor(form.phoneNumber) };
  };
  const paste = async (page: Page, text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await page.locator(FIELD).focus();
    await page.keyboard.press('Control+V');
  };
  /** As a keyboard does that offers the code of a message. */
  const fillIn = async (page: Page, text: string) => {
    await page.locator(FIELD).focus();
    await page.keyboard.insertText(text);
  };
  /** Several changes faster than anything is sent. */
  const edit = (page: Page, commands: [string, string][]) =>
    page.locator(FIELD).evaluate((field: HTMLInputElement, all) => {
      field.focus();
      // The one way to change a field as a keyboard does.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      for (const [command, text] of all) document.execCommand(command, false, text);
    }, commands);
  const errorOn = async (page: Page) => (await page.locator('#code-error').textContent()) ?? '';

  it.each([
    ['a code', (code: string) => code],
    [
      'a whole message',
      (code: string) => `Your Ringback code is ${code}. It expires in 10 minutes.`,
    ],
  ])('%s that is pasted can be seen, then is sent, once', async (_what, write) => {
    const { page, posts, seen, code } = await arrive();
    await page.evaluate(() => {
      let pasted = 0;
      window.addEventListener('input', () => (pasted = performance.now()));
      window.addEventListener('submit', () =>
        sessionStorage.setItem('seen', `${performance.now() - pasted}`),
      );
    });
    await paste(page, write(code));
    await page.waitForURL('**/dashboard/');
    expect([posts, seen]).toEqual([['/verify/'], { errors: [], elsewhere: [] }]);
    expect(
      Number(await page.evaluate(() => sessionStorage.getItem('seen'))),
    ).toBeGreaterThanOrEqual(400);
  });

  it('one that is filled in twice over, as iOS does, is sent once', async () => {
    const { page, posts, code } = await arrive();
    await edit(page, [
      ['insertText', code],
      ['insertText', code],
    ]);
    await page.waitForURL('**/dashboard/');
    expect(posts).toEqual(['/verify/']);
  });

  it('a fill and a press of Enter send once', async () => {
    const { page, posts, code } = await arrive();
    await fillIn(page, code);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dashboard/');
    await page.waitForTimeout(AWHILE);
    expect(posts).toEqual(['/verify/']);
  });

  it('one typed by hand waits for the person', async () => {
    const { page, posts, code } = await arrive();
    await page.locator(FIELD).pressSequentially(code);
    await page.waitForTimeout(AWHILE);
    expect([posts, await errorOn(page)]).toEqual([[], '']);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dashboard/');
  });

  it('one that is changed before it was sent is not sent', async () => {
    const { page, posts, code } = await arrive();
    await edit(page, [
      ['insertText', wrong(code)],
      ['delete', ''],
    ]);
    await page.waitForTimeout(AWHILE);
    expect([posts, (await page.locator(FIELD).inputValue()).length]).toEqual([[], 5]);
  });

  it('after a refusal a fill waits for the person, and a paste is sent', async () => {
    const { page, posts, code } = await arrive();
    await paste(page, wrong(code));
    await page.getByText('Verification code is incorrect').waitFor();
    await fillIn(page, wrong(code));
    await page.waitForTimeout(AWHILE);
    expect(posts).toEqual(['/verify/']);
    await page.locator(FIELD).fill('');
    await paste(page, code);
    await page.waitForURL('**/dashboard/');
    expect(posts).toEqual(['/verify/', '/verify/']);
  });

  it('tells at once what is no code, takes it back when it is one, and sends nothing', async () => {
    const { page, posts, code } = await arrive();
    const sentence = 'Enter the 6 digits of the code.';
    await paste(page, '1234567');
    expect(await errorOn(page)).toBe(sentence);
    expect(await page.locator(FIELD).getAttribute('aria-invalid')).toBe('true');
    await page.locator(FIELD).fill('');
    expect([await errorOn(page), await page.locator(FIELD).getAttribute('aria-invalid')]).toEqual([
      '',
      null,
    ]);
    await page.locator(FIELD).pressSequentially('12a');
    expect(await errorOn(page)).toBe(sentence);
    await page.keyboard.press('Backspace');
    expect(await errorOn(page)).toBe('');
    await page.keyboard.press('Enter');
    expect(await errorOn(page)).toBe(sentence);
    await page.waitForTimeout(AWHILE);
    expect(posts).toEqual([]);
    await page.locator(FIELD).fill('');
    await page.locator(FIELD).pressSequentially(code);
    expect(await errorOn(page)).toBe('');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dashboard/');
  });

  it('works without JavaScript, a whole message pasted', async () => {
    const { page, code } = await arrive({ javaScriptEnabled: false });
    await page
      .locator(FIELD)
      .fill(
        `Your Ringback code is ${code}. It expires in 10 minutes. ${'Never share it. '.repeat(20)}`,
      );
    await page.locator(FIELD).press('Enter');
    await page.waitForURL('**/dashboard/');
  });

  it('reads as the server does', async () => {
    const texts = [
      '',
      ' ',
      '123456',
      ' 123 456 ',
      '1-2-3-4-5-6',
      '12345',
      '1234567',
      'G-123456',
      '123456123456',
      '123456123457',
      '۱۲۳۴۵۶',
      '𝟭𝟮𝟯𝟰𝟱𝟲',
      '१२३ ४५६',
      '12345x',
      'no code',
      'Your code is 123456. It expires in 10 minutes.',
      '123456 or 654321, who knows',
      '2026: 123-456',
      '1234',
      '12341234',
      '1234567890',
      'Code 1234 for 10 minutes',
      '½½½',
      '1\u200b2\u00ad3456',
      '123456 7',
      'ab 123456 cd 1234',
    ];
    const lengths: CodeLength[] = [
      { least: 6, most: 6 },
      { least: 4, most: 10 },
      { least: 8, most: 8 },
    ];
    const { page } = await arrive();
    for (const length of lengths) {
      const inPage = await page.evaluate(
        ([typed, { least, most }]) => typed.map((text) => readCode(text, least, most)),
        [texts, length] as const,
      );
      expect(inPage).toEqual(texts.map((text) => serverReads(text, length)));
    }
  });
});

function serverReads(typed: string, length: CodeLength): string | null {
  try {
    return parseCode(typed, length);
  } catch (error) {
    if (AppError.is(error, 'validation_failed')) return null;
    throw error;
  }
}
