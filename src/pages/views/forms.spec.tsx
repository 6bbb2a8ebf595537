import { LoginPage } from '../login/login.page.js';
import { PasswordPage } from '../password/password.page.js';
import { RegisterPage } from '../register/register.page.js';
import { renderPage } from './render.js';

const HELP = ['At least 8 characters.', 'Not a common one.'];
const VALUES = {
  username: 'asha',
  country_code: 'IN',
  phone_number: '98765',
  full_name: 'Asha Rao',
};
const COUNTRIES = [
  { value: 'US', label: 'United States +1' },
  { value: 'IN', label: 'India +91' },
];

const register = (errors: Record<string, string[]> = {}) =>
  renderPage(<RegisterPage values={VALUES} errors={errors} countries={COUNTRIES} help={HELP} />);
const password = (forced: boolean, errors: Record<string, string[]> = {}) =>
  renderPage(<PasswordPage forced={forced} errors={errors} help={HELP} username="asha" />);
const control = (html: string, id: string) =>
  new RegExp(`<(?:input|select)[^>]*\\sid="${id}"[^>]*>`).exec(html)?.[0] ?? '';
const focused = (html: string) =>
  [...html.matchAll(/<(?:input|select)[^>]*\sautofocus[^>]*>/g)].map(
    ([tag]) => / id="([^"]+)"/.exec(tag)?.[1],
  );

describe('a refused field', () => {
  const html = register({
    phone_number: ['Not a phone.'],
    password1: ['Too short.', 'Too common.'],
  });

  it('is marked and described by its error, then by its help', () => {
    expect(control(html, 'password1')).toMatch(
      /aria-invalid="true".*aria-describedby="password1-error password1-help"/,
    );
    expect(html).toContain('id="password1-error"><p>Too short.</p><p>Too common.</p>');
    expect(html).toContain(
      '<ul class="field-help" id="password1-help"><li>At least 8 characters.</li>',
    );
  });

  it('gets the focus when it is the first one', () =>
    expect(focused(html)).toEqual(['phone_number']));

  it('leaves the others unmarked', () => {
    expect(control(html, 'username')).not.toContain('aria-invalid');
    expect(control(html, 'username')).toContain('aria-describedby="username-help"');
    expect(control(html, 'full_name')).not.toContain('aria-describedby');
  });

  it('is announced in the title of the tab', () => {
    expect(html).toContain('<title>Error: Register · Ringback</title>');
    expect(register()).toContain('<title>Register · Ringback</title>');
  });
});

it('shows errors that have no field on the page above the form', () => {
  expect(register({ surprise: ['Something else.'] })).toMatch(
    /role="alert".*<p>Something else\.<\/p>.*<form/,
  );
  expect(register({ username: ['Taken.'] })).not.toContain('role="alert"');
});

it('keeps what was typed, passwords aside', () => {
  const html = register({ password2: ['Passwords do not match'] });
  for (const field of ['username', 'phone_number', 'full_name'] as const) {
    expect(control(html, field)).toContain(`value="${VALUES[field]}"`);
  }
  expect(html).toContain('<option value="IN" selected>');
  expect(html.match(/ selected/g)).toHaveLength(1);
  for (const field of ['password1', 'password2'])
    expect(control(html, field)).not.toContain('value=');
});

describe('what password managers and keyboards are told', () => {
  const forms = {
    register: register(),
    login: renderPage(<LoginPage username="" />),
    password: password(true),
  };

  it.each([
    ['register', 'username', 'username'],
    ['register', 'full_name', 'name'],
    ['register', 'country_code', 'country'],
    ['register', 'phone_number', 'tel'],
    ['register', 'password1', 'new-password'],
    ['register', 'password2', 'new-password'],
    ['login', 'username', 'username'],
    ['login', 'password', 'current-password'],
    ['password', 'username', 'username'],
    ['password', 'old_password', 'current-password'],
    ['password', 'new_password1', 'new-password'],
    ['password', 'new_password2', 'new-password'],
  ] as const)('%s form: %s is %s', (form, id, token) => {
    expect(control(forms[form], id)).toContain(`autocomplete="${token}"`);
  });

  it('never capitalises or corrects a username', () => {
    expect(control(register(), 'username')).toMatch(/autocapitalize="none".*spellcheck="false"/);
  });

  it('shows passwords only through a button that the script reveals', () => {
    expect(register()).toMatch(/<button type="button" hidden data-show-password="password1"/);
  });

  it('files a new password under the username without submitting it', () => {
    const username = control(password(true), 'username');
    expect(username).toMatch(/value="asha".*hidden/);
    expect(username).not.toContain(' name=');
  });
});

describe('the log-in form', () => {
  it('carries the next path, encoded', () => {
    expect(renderPage(<LoginPage username="" next="/a?b=1&c=2" />)).toContain(
      'action="/login/?next=%2Fa%3Fb%3D1%26c%3D2"',
    );
    expect(renderPage(<LoginPage username="" />)).toContain('action="/login/"');
  });

  it('blames neither field when refused, and waits at the password', () => {
    const html = renderPage(
      <LoginPage username="asha" error="Sorry, that login was invalid. Please try again." />,
    );
    expect(html).toMatch(/role="alert".*Sorry, that login was invalid\. Please try again\./);
    expect(html).not.toContain('aria-invalid');
    expect(focused(html)).toEqual(['password']);
  });
});

describe('a forced password change', () => {
  it('leads nowhere but out', () => {
    expect(password(true)).not.toContain('href="/dashboard/"');
    expect(password(true)).toContain('href="/logout/"');
    expect(password(false)).toContain('href="/dashboard/"');
  });
});
