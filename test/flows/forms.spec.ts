import { PASSWORD, somebody } from '../support/people.js';
import { throughPages, wrong } from '../support/ways.js';
import type { Page } from '../support/read-page.js';

const REQUIRED = ['username', 'phone_number', 'password1', 'password2'];

const typed = (changes: Record<string, string> = {}) => {
  const { username, phoneNumber } = somebody();
  return {
    username,
    country_code: '1',
    phone_number: phoneNumber.slice(2),
    password1: PASSWORD,
    password2: PASSWORD,
    full_name: 'Zoë "Z" <Ångström>',
    ...changes,
  };
};

// The control's own attributes tie it to the sentence under that id.
function besideField({ html }: Page, name: string): string {
  const control = new RegExp(`<(?:input|select)[^>]*\\bname="${name}"[^>]*>`).exec(html)?.[0] ?? '';
  expect(control).toContain('aria-invalid="true"');
  const ids = /aria-describedby="([^"]*)"/.exec(control)?.[1]?.split(' ') ?? [];
  return ids
    .map((id) => new RegExp(`id="${id}"[^>]*>(.*?)</div>`, 's').exec(html)?.[1] ?? '')
    .join(' ');
}

throughPages('forms', ({ app, visitor, newcomer, member }) => {
  it('what was typed stays after an error, passwords aside', async () => {
    const form = typed({ country_code: '91', phone_number: '12' });
    const page = await visitor().post('/register/', form);
    expect(page.status).toBe(422);
    expect(page.html).toContain(`value="${form.username}"`);
    expect(page.html).toContain('value="12"');
    expect(page.html).toMatch(/value="Zoë (&quot;|&#34;)Z(&quot;|&#34;) &lt;Ångström(&gt;|>)"/);
    expect(page.html).toMatch(/<option[^>]*(value="IN"[^>]*selected|selected[^>]*value="IN")/);
    expect(page.html).not.toContain(PASSWORD);
  });

  it.each(REQUIRED)('an empty %s: "This field is required." beside it', async (name) => {
    const page = await visitor().post('/register/', typed({ [name]: '' }));
    expect(page.status).toBe(422);
    expect(besideField(page, name)).toContain('This field is required.');
  });

  it('an empty form says so at every field at once', async () => {
    const page = await visitor().post('/register/', {});
    for (const name of REQUIRED)
      expect(besideField(page, name)).toContain('This field is required.');
  });

  it('two passwords that differ: "Passwords do not match"', async () => {
    const page = await visitor().post('/register/', typed({ password2: `${PASSWORD}!` }));
    expect(page.status).toBe(422);
    expect(besideField(page, 'password2')).toContain('Passwords do not match');
    expect(page.html).not.toContain(PASSWORD);
  });

  it('everything wrong is said at once: fields, their rules, and passwords that differ', async () => {
    const page = await visitor().post(
      '/register/',
      typed({ username: '', phone_number: '12', password1: 'short' }),
    );
    expect(page.status).toBe(422);
    expect(besideField(page, 'username')).toContain('This field is required.');
    expect(besideField(page, 'phone_number')).not.toBe('');
    expect(besideField(page, 'password1')).toContain('8 characters');
    expect(besideField(page, 'password2')).toContain('Passwords do not match');
  });

  it('a taken username stands beside the username, with the typed values', async () => {
    const { form } = await member();
    const page = await visitor().post(
      '/register/',
      typed({ username: form.username.toUpperCase() }),
    );
    expect(page.status).toBe(422);
    expect(besideField(page, 'username')).toContain('A user with that username already exists.');
    expect(page.html).toContain(`value="${form.username.toUpperCase()}"`);
  });

  it('a wrong code stands beside the code field', async () => {
    const { person, form } = await newcomer();
    const page = await person.post('/verify/', {
      one_time_password: wrong(app().codeFor(form.phoneNumber)),
    });
    expect(page.status).toBe(422);
    expect(besideField(page, 'one_time_password')).toContain('Verification code is incorrect');
    expect(besideField(page, 'one_time_password')).toContain('4 tries left.');
  });

  it('an empty code costs no try', async () => {
    const { person } = await newcomer();
    const page = await person.post('/verify/', {});
    expect(besideField(page, 'one_time_password')).toContain('This field is required.');
    expect(page.text).toContain('5 tries left.');
  });

  it('a refused log-in keeps the username and never echoes the password', async () => {
    const page = await visitor().post('/login/', {
      username: 'nobody-here',
      password: 'secret <words>',
    });
    expect(page.status).toBe(401);
    expect(page.errors).toEqual(['Sorry, that login was invalid. Please try again.']);
    expect(page.html).toContain('value="nobody-here"');
    expect(page.html).not.toContain('secret ');
  });

  it('refused passwords of the change are never echoed', async () => {
    const { person } = await member();
    const page = await person.post('/password/', {
      old_password: 'not my own words',
      new_password1: PASSWORD,
      new_password2: `${PASSWORD}2`,
    });
    expect(page.status).toBe(422);
    expect(besideField(page, 'new_password2')).toContain('Passwords do not match');
    for (const secret of ['not my own words', PASSWORD]) expect(page.html).not.toContain(secret);
  });

  it('a post that worked is a redirect, so that a reload sends nothing twice', async () => {
    const { person, form } = await member();
    const changed = await person.post('/password/', {
      old_password: form.password,
      new_password1: 'other words of mine',
      new_password2: 'other words of mine',
    });
    const set = await person.post('/dashboard/', { two_factor_auth: 'on' });
    const out = await person.post('/logout/', {});
    expect([changed, set, out].map(({ status, location }) => [status, location])).toEqual([
      [303, '/dashboard/'],
      [303, '/dashboard/'],
      [303, '/'],
    ]);
  });
});
