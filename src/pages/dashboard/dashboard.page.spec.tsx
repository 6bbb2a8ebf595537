import { LOCALES } from '../../common/locale.js';
import { DashboardPage, type DashboardPageProps } from './dashboard.page.js';
import { renderPage } from '../views/render.js';

const USER = {
  displayName: 'Asha Rao',
  username: 'asha',
  phone: '+91 98765 43210',
  verified: true,
  twoFactor: false,
  locale: null,
  isStaff: false,
};
const dashboard = (change: Partial<DashboardPageProps['user']> = {}) =>
  renderPage(<DashboardPage user={{ ...USER, ...change }} />);

it('shows name, username, phone number and whether the account is verified', () => {
  for (const text of ['Asha Rao', 'asha', '+91 98765 43210'])
    expect(dashboard()).toContain(`>${text}</dd>`);
  expect(dashboard()).toMatch(/Account verified<\/dt><dd><span[^>]*>Yes/);
  expect(dashboard({ verified: false })).toMatch(/Account verified<\/dt><dd><span[^>]*>No/);
});

it('sets the second factor to a value instead of toggling it, so that a reload changes nothing', () => {
  expect(dashboard()).toMatch(/name="two_factor_auth" value="on">Turn two-factor on/);
  expect(dashboard({ twoFactor: true })).toMatch(
    /name="two_factor_auth" value="off">Turn two-factor off/,
  );
});

describe('the language of messages', () => {
  const options = (html: string) =>
    [...html.matchAll(/<option value="(\w+)"([^>]*)>([^<]+)</g)].map(
      ([, value, attributes = '', text]) => ({
        value,
        text,
        lang: / lang="(\w+)"/.exec(attributes)?.[1],
        selected: attributes.includes('selected'),
      }),
    );

  it('offers what the browser asks for, then each language under its own name, marked as written in it', () => {
    const [first, ...languages] = options(dashboard());
    expect(first).toEqual({
      value: 'browser',
      text: 'As my browser asks',
      lang: undefined,
      selected: true,
    });
    expect(languages.map(({ value }) => value)).toEqual(LOCALES);
    expect(languages.map(({ lang }) => lang)).toEqual(LOCALES);
    expect(languages.map(({ text }) => text)).toEqual([
      'English',
      'Español',
      'Français',
      'Deutsch',
      'Português',
      'हिन्दी',
      'العربية',
      '中文',
    ]);
  });

  it.each(LOCALES)('shows %s as the one chosen', (locale) => {
    const chosen = options(dashboard({ locale })).filter(({ selected }) => selected);
    expect(chosen.map(({ value }) => value)).toEqual([locale]);
  });

  it('goes by a form and a button of its own', () => {
    const [form = ''] =
      dashboard().match(/<form(?:(?!<\/form>).)*<select(?:(?!<\/form>).)*<\/form>/s) ?? [];
    expect(form).toMatch(
      /^<form method="post" action="\/dashboard\/"><div class="field"><label for="locale">Language</,
    );
    expect(form).toContain('<button class="button button-quiet" type="submit">Save</button>');
    expect(form).not.toContain('two_factor_auth');
  });
});

it('logs out by POST', () =>
  expect(dashboard()).toMatch(/<form method="post" action="\/logout\/"><button/));

it('leads staff, and only staff, to their panel', () => {
  expect(dashboard({ isStaff: true })).toContain('href="/admin"');
  expect(dashboard()).not.toContain('/admin');
});
