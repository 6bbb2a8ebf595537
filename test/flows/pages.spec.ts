import { throughPages } from '../support/ways.js';

throughPages('pages', ({ app, visitor, member, newcomer }) => {
  it('home says what the service is and leads to Register and Log in', async () => {
    const { status, text, html } = await visitor().get('/');
    expect(status).toBe(200);
    expect(text).toContain('prove that you hold your phone with a one-time password');
    expect(html).toContain('href="/register/"');
    expect(html).toContain('href="/login/"');
  });

  it('/register/ asks for username, country code from a list, phone number, password twice, full name', async () => {
    const { html } = await visitor().get('/register/');
    const names = [...html.matchAll(/<(input|select)\b[^>]*\bname="(\w+)"/g)].map(
      ([, tag, name]) => `${tag} ${name}`,
    );
    expect(names.sort()).toEqual([
      'input full_name',
      'input password1',
      'input password2',
      'input phone_number',
      'input username',
      'select country_code',
    ]);
    expect(html.match(/<option/g)!.length).toBeGreaterThan(190);
  });

  it('the confirm page says that the code was sent, shows no full number, and stays as long as the challenge', async () => {
    const { person, form } = await newcomer();
    const page = await person.get('/verify/');
    expect(page.text).toContain(
      'One-Time password sent to your registered mobile number. The verification code is valid for 10 minutes.',
    );
    expect(page.text).toContain('Confirm your phone number');
    expect(page.html).not.toContain(form.phoneNumber.slice(2));
    expect(page.html.match(/<input[^>]*type="text"/g)).toHaveLength(1);
    expect(page.html).toContain('name="one_time_password"');
    const again = await person.get('/verify/');
    expect(again.html).toContain('name="one_time_password"');
    expect(again.text).not.toContain('One-Time password sent');
  });

  it('nothing pending leads to the log-in', async () => {
    expect(await visitor().get('/verify/')).toMatchObject({ status: 303, location: '/login/' });
    const { person } = await member();
    expect(await person.get('/verify/')).toMatchObject({ status: 303, location: '/login/' });
  });

  it('the confirm page offers "Resend OTP", and it works', async () => {
    const { person, form } = await newcomer();
    expect((await person.get('/verify/')).text).toContain(
      "Didn't receive one time password? Resend OTP",
    );
    app().clock.advance(30_000);
    expect(await person.post('/verify/resend', {})).toMatchObject({
      status: 303,
      location: '/verify/',
    });
    expect(app().sent(form.phoneNumber)).toBe(2);
  });

  it('who is logged in and opens /login/ or /register/ is told so on the dashboard', async () => {
    const { person } = await member();
    for (const path of ['/login/', '/register/']) {
      expect(await person.get(path)).toMatchObject({ status: 303, location: '/dashboard/' });
      expect((await person.get('/dashboard/')).text).toContain('User already logged in');
    }
  });

  it('the dashboard shows name, phone, username, account verified, two-factor and log out', async () => {
    const { person, form } = await member();
    const { text, html } = await person.get('/dashboard/');
    const shown = form.phoneNumber.replace(/^\+1(...)(...)(....)$/, '+1 $1 $2 $3');
    const parts = [
      `Username ${form.username}`,
      `Phone number ${shown}`,
      'Account verified Yes',
      'Turn two-factor on',
      'Log out',
    ];
    for (const part of parts) expect(text).toContain(part);
    expect(html).toMatch(/<form method="post" action="\/logout\/">/);
  });

  it('an anonymous visitor of the dashboard goes to the log-in and comes back', async () => {
    expect(await visitor().get('/dashboard/')).toMatchObject({
      status: 303,
      location: '/login/?next=/dashboard/',
    });
  });

  it('"User Not verified." stands on the confirm page', async () => {
    const { person } = await newcomer();
    expect((await person.get('/verify/')).text).toContain('User Not verified.');
  });

  it('log-out by GET shows a button and ends nothing', async () => {
    const { person } = await member();
    const { status, html } = await person.get('/logout/');
    expect(status).toBe(200);
    expect(html).toContain('<form method="post" action="/logout/"');
    expect(await person.where()).toBe('active');
  });

  it('log-out leads to the start page, and the old cookie opens nothing', async () => {
    const { person } = await member();
    const thief = person.twin();
    expect(await person.post('/logout/', {})).toMatchObject({ status: 303, location: '/' });
    expect((await person.get('/')).text).toContain('You are logged out.');
    expect(person.token()).toBeUndefined();
    expect(await thief.where()).toBe('stranger');
  });

  it('a message travels as an id, is shown once, and an unknown id says nothing', async () => {
    const { person } = await newcomer();
    expect(person.jar.get('message')).toBe('code_sent');
    await person.get('/verify/');
    expect(person.jar.get('message')).toBeUndefined();
    person.jar.set('message', 'Call +1 900 555 0100 now');
    expect((await person.get('/verify/')).text).not.toContain('900 555');
  });

  it('every form of another site is refused, and nothing happens', async () => {
    const { person } = await member();
    const forms = [
      'logout/',
      'dashboard/',
      'login/',
      'register/',
      'password/',
      'verify/',
      'verify/resend',
      'verify/cancel',
    ];
    for (const path of forms) {
      const response = await fetch(`${app().url}/${path}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ two_factor_auth: 'on' }),
        headers: { cookie: person.jar.header(), origin: 'https://elsewhere.example' },
      });
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect((await person.get('/dashboard/')).text).toContain('Turn two-factor on');
  });
});
