import type { VNode } from 'preact';
import { DashboardPage } from '../dashboard/dashboard.page.js';
import { ErrorPage } from './error.page.js';
import { HomePage } from '../home/home.page.js';
import { LoginPage } from '../login/login.page.js';
import { LogoutPage } from '../logout/logout.page.js';
import { PasswordPage } from '../password/password.page.js';
import { RegisterPage } from '../register/register.page.js';
import { renderPage } from './render.js';
import { VerifyPage } from '../verify/verify.page.js';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&`;
const message = { kind: 'error', text: HOSTILE } as const;
const refused = (...names: string[]) => Object.fromEntries(names.map((name) => [name, [HOSTILE]]));

/** Each page with hostile text wherever a value goes. */
const PAGES: Record<string, VNode> = {
  home: <HomePage signedInAs={HOSTILE} message={message} />,
  register: (
    <RegisterPage
      values={{
        username: HOSTILE,
        country_code: HOSTILE,
        phone_number: HOSTILE,
        full_name: HOSTILE,
      }}
      errors={refused(
        'form',
        'username',
        'full_name',
        'country_code',
        'phone_number',
        'password1',
        'password2',
      )}
      countries={[{ value: HOSTILE, label: HOSTILE }]}
      help={[HOSTILE, HOSTILE]}
      message={message}
    />
  ),
  login: <LoginPage username={HOSTILE} error={HOSTILE} next={HOSTILE} message={message} />,
  verify: (
    <VerifyPage
      phoneHint={HOSTILE}
      purpose="register"
      channel="sms"
      sentAt={new Date(0)}
      expiresInSeconds={600}
      resendInSeconds={30}
      attemptsLeft={5}
      notice="provider_unavailable"
      error={HOSTILE}
      unverified
      channels={['sms', 'call', 'whatsapp']}
      message={message}
    />
  ),
  password: (
    <PasswordPage
      forced={false}
      errors={refused('old_password', 'other')}
      help={[HOSTILE]}
      username={HOSTILE}
      message={message}
    />
  ),
  dashboard: (
    <DashboardPage
      user={{
        displayName: HOSTILE,
        username: HOSTILE,
        phone: HOSTILE,
        verified: true,
        twoFactor: false,
        locale: null,
        isStaff: true,
      }}
      message={message}
    />
  ),
  logout: <LogoutPage signedInAs={HOSTILE} />,
  error: (
    <ErrorPage
      status={500}
      title={HOSTILE}
      detail={HOSTILE}
      requestId={HOSTILE}
      retryAfter={30}
      next={{ href: `/${HOSTILE}`, label: HOSTILE }}
    />
  ),
};

describe.each(Object.entries(PAGES))('the %s page', (_name, page) => {
  const html = renderPage(page);
  const tags = html.match(/<[a-z][^\s>/]*(?:\s+[^\s=>]+(?:="[^"]*")?)*\s*\/?>/gi) ?? [];

  it('is an English document with one heading of the first rank', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
  });

  it('escapes hostile values', () => {
    expect(html).not.toMatch(/<script>|<img/i);
    expect(html).toMatch(/&lt;script>|&lt;script&gt;/);
  });

  it('holds no inline script, style or event handler, which the content security policy would refuse', () => {
    expect(html).not.toMatch(/<style/i);
    for (const [, attributes, content] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toMatch(/ src="\/static\/\w+\.js\?v=/);
      expect(content).toBe('');
    }
    const names = tags.flatMap((tag) =>
      [...tag.replace(/="[^"]*"/g, '').matchAll(/\s([^\s=>/]+)/g)].map(([, name]) => name),
    );
    expect(names).toContain('lang');
    expect(names.filter((name) => /^(style$|on)/i.test(name ?? ''))).toEqual([]);
  });

  it('names every control by a label, ties every description to something that is there, and uses no id twice', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [
      ...html.matchAll(/\s(?:for|aria-describedby|aria-controls|aria-labelledby)="([^"]+)"/g),
    ];
    expect(ids).toEqual(
      expect.arrayContaining(references.flatMap(([, value]) => (value ?? '').split(' '))),
    );
    const visible = tags.filter((tag) => /^<(input|select)/.test(tag) && !/\shidden/.test(tag));
    for (const control of visible)
      expect(html).toContain(`<label for="${/\sid="([^"]+)"/.exec(control)?.[1]}"`);
  });

  it('gives the focus to one field at most', () => {
    expect(tags.filter((tag) => /\sautofocus/.test(tag)).length).toBeLessThanOrEqual(1);
  });

  it('sends its forms by POST to its own site', () => {
    for (const [form] of html.matchAll(/<form[^>]*>/g))
      expect(form).toMatch(/method="post" action="\/[a-z]/);
  });
});
