import type { Browser, Page } from 'playwright-core';
import { inBrowser, picture, startBrowser, watch, WIDE } from '../support/browser.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { FATES, message, store } from './sent-messages.fixture.js';
import { account, superuser } from './staff-person.js';

inBrowser('a staff member at the panel, in Chromium', () => {
  let app: TestApp;
  let browser: Browser;
  let page: Page;
  let seen: ReturnType<typeof watch>;

  beforeAll(async () => {
    app = await startApp();
    browser = await startBrowser();
    await superuser(app);
    const { id: userId } = await account(app, 'alice', {
      fullName: 'Alice </script><script>document.title="hacked"</script>',
    });
    await account(app, 'bob', { isStaff: true, permissions: ['users.view'] });
    const confirmedAt = app.clock.now();
    const sent = [
      FATES.refused,
      FATES.undeliverable,
      { ...FATES.delivered, confirmedAt },
      { ...FATES.accepted, country: 'DE' },
    ];
    await store(
      app,
      sent.map((fate) => message(app, { userId, ...fate })),
    );
    page = await browser.newPage({ viewport: WIDE });
    seen = watch(page);
    await page.goto(`${app.url}/admin`);
    await page.fill('[name=username]', 'root');
    await page.fill('[name=password]', PASSWORD);
    await page.click('main form button[type=submit]');
  });
  afterAll(async () => {
    expect(seen).toEqual({ errors: [], elsewhere: [] });
    await browser.close();
    await app.close();
  });

  it('comes from our log-in to the panel, and finds a user by the beginning of a name', async () => {
    await page.waitForURL('**/admin');
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await picture(page, 'admin-dashboard');
    await page.goto(`${app.url}/admin/resources/users?filters.username=al`);
    await page.getByRole('cell', { name: 'alice' }).first().waitFor();
    await page.getByText('•').first().waitFor();
    expect(await page.getByText('bob').count()).toBe(0);
    await picture(page, 'admin-list');
  });

  it('edits a full name, and is told beside the field what was wrong', async () => {
    const alice = await app.db.query<{ id: number }[]>(
      'SELECT id FROM users WHERE username_key = ?',
      ['alice'],
    );
    await page.goto(`${app.url}/admin/resources/users/records/${alice[0]!.id}/edit`);
    await page.fill('#full_name', 'Alice Liddell');
    await page.fill('#new_password', '12345678');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/too common|numeric/i)
      .first()
      .waitFor();
    await picture(page, 'admin-edit-refused');
    expect(await page.inputValue('#full_name')).toBe('Alice Liddell');
    await page.fill('#new_password', '');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL('**/admin/resources/users**');
    expect(
      await app.db.query('SELECT full_name FROM users WHERE username_key = ?', ['alice']),
    ).toEqual([expect.objectContaining({ full_name: 'Alice Liddell' })]);
    await page.goto(`${app.url}/admin/resources/users/records/${alice[0]!.id}/show`);
    await page.getByText('Alice Liddell').first().waitFor();
    await picture(page, 'admin-show');
  });

  it('is led from a number that another account has proven to releasing it there, and then gives it', async () => {
    const [owner, other] = [await account(app, 'owner'), await account(app, 'other')];
    await page.goto(`${app.url}/admin/resources/users/records/${other.id}/edit`);
    await page.fill('#new_phone_number', owner.phoneNumber);
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(
        `Another account has proven this number: owner (#${owner.id}). Release it there first.`,
      )
      .waitFor();
    const link = page.getByRole('link', { name: `Release it from account #${owner.id}` });
    await link.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await picture(page, 'admin-number-taken');
    await link.click();
    await page.getByText('Release this phone number').waitFor();
    await picture(page, 'admin-number-release');
    await page.getByRole('button', { name: 'Release', exact: true }).click();
    await page.waitForURL('**/admin/resources/users');
    await page.goto(`${app.url}/admin/resources/users/records/${other.id}/edit`);
    await page.fill('#new_phone_number', owner.phoneNumber);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL('**/admin/resources/users');
    expect(await app.db.query('SELECT phone_number FROM users WHERE id = ?', [other.id])).toEqual([
      expect.objectContaining({ phone_number: owner.phoneNumber }),
    ]);
  });

  it('deactivates by a question and a button', async () => {
    const alice = await app.db.query<{ id: number }[]>(
      'SELECT id FROM users WHERE username_key = ?',
      ['alice'],
    );
    await page.goto(`${app.url}/admin/resources/users/records/${alice[0]!.id}/deactivate`);
    await page.getByText('Deactivate this account?').waitFor();
    await picture(page, 'admin-deactivate');
    const done = page.waitForResponse(
      (answer) => answer.url().includes('/deactivate') && answer.request().method() === 'POST',
    );
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await done;
    await page.waitForURL('**/admin/resources/users**');
    expect(
      await app.db.query('SELECT is_active FROM users WHERE username_key = ?', ['alice']),
    ).toEqual([expect.objectContaining({ is_active: 0 })]);
  });

  it.each(['messages', 'delivery'])(
    'shows the %s, with nothing to do about them',
    async (resource) => {
      await page.goto(`${app.url}/admin/resources/${resource}`);
      await page.getByRole('cell', { name: 'self:twilio' }).first().waitFor();
      expect(await page.getByRole('cell', { name: 'DE', exact: true }).count()).toBe(1);
      expect(await page.getByRole('link', { name: /Create|Edit|Delete/ }).count()).toBe(0);
      await picture(page, `admin-${resource}`);
    },
  );

  it.each(['groups', 'sessions', 'challenges', 'audit'])(
    'opens the list of %s',
    async (resource) => {
      await page.goto(`${app.url}/admin/resources/${resource}`);
      await page.locator('table').or(page.getByText('No records')).first().waitFor();
      await picture(page, `admin-${resource}`);
    },
  );
});
