import { minutes, seconds } from '../../src/common/clock.js';
import { PASSWORD, somebody } from '../support/people.js';
import { StrictApi } from '../support/strict-api.js';
import { throughApi, wrong } from '../support/ways.js';

// Every answer is held to its schema and to the documentation by StrictApi.
throughApi('errors of the API', ({ app, member, newcomer }) => {
  let api: StrictApi;
  beforeAll(async () => {
    api = await StrictApi.at(app().url);
  });
  const registration = (changes: object = {}) => {
    const { username, phoneNumber } = somebody();
    return { json: { username, password: PASSWORD, phone_number: phoneNumber, ...changes } };
  };
  const confirm = (client: StrictApi, code: string) =>
    client.call('POST', '/session/confirmation', { json: { code } });
  const resend = (client: StrictApi) => client.call('POST', '/session/confirmation/resend');

  it('are problem+json: type, title, status, code, detail, request_id', async () => {
    const { status, body } = await api.call('POST', '/session', {
      json: { username: 'nobody-here', password: 'x' },
    });
    expect([status, Object.keys(body).sort()]).toEqual([
      401,
      ['code', 'detail', 'request_id', 'status', 'title', 'type'],
    ]);
    expect(body).toMatchObject({
      type: 'http://127.0.0.1:3000/problems/invalid_credentials',
      code: 'invalid_credentials',
      detail: 'Sorry, that login was invalid. Please try again.',
    });
  });

  it('validation_failed: a pointer, a code and a sentence for each field', async () => {
    const { status, body } = await api.call(
      'POST',
      '/registration',
      registration({ username: 'two words', phone_number: '12', password: '123' }),
    );
    expect([status, body['code']]).toEqual([422, 'validation_failed']);
    expect(body['errors']).toEqual([
      { pointer: '/username', code: 'invalid', detail: expect.any(String) as string },
      { pointer: '/phone_number', code: 'invalid', detail: 'Enter a valid phone number.' },
      {
        pointer: '/password',
        code: 'too_short',
        detail: expect.stringContaining('too short') as string,
      },
      {
        pointer: '/password',
        code: 'entirely_numeric',
        detail: 'This password is entirely numeric.',
      },
    ]);
  });

  it.each([
    [{ phone_number: '+1 900 555 0123' }, '/phone_number', 'unsupported_type'],
    [{ phone_number: '4155550100' }, '/country_code', 'required'],
    [{ phone_number: '4155550100', country: 'XX' }, '/country', 'invalid'],
    [{ phone_number: '4155550100', country: 'DE', country_code: 1 }, '/country', 'contradiction'],
    [{ phone_number: '4155550100', country_code: 999 }, '/country_code', 'invalid'],
    [{ full_name: 'x'.repeat(131) }, '/full_name', 'too_long'],
    [{ password: 'x'.repeat(129) }, '/password', 'too_long'],
    [{ password: 'iloveyou1' }, '/password', 'too_common'],
  ])('%o is refused at %s (%s)', async (changes, pointer, code) => {
    const { status, body } = await api.call('POST', '/registration', registration(changes));
    expect([status, body['errors']]).toEqual([
      422,
      [{ pointer, code, detail: expect.any(String) as string }],
    ]);
  });

  it('username_taken', async () => {
    const { form } = await member();
    expect(
      await api.call('POST', '/registration', registration({ username: form.username })),
    ).toMatchObject({
      status: 409,
      body: { code: 'username_taken' },
    });
  });

  it('phone_number_taken, after the right code only', async () => {
    const { form } = await member();
    app().clock.advance(minutes(1));
    const { person } = await newcomer({ phoneNumber: form.phoneNumber });
    const answer = await confirm(api.as(person.token()), app().codeFor(form.phoneNumber));
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'phone_number_taken',
        detail: 'Another user with this phone number already exists',
      },
    });
  });

  it('wrong_code down to attempts_left 0, then too_many_attempts with retry_after', async () => {
    const { person, form } = await newcomer();
    const pending = api.as(person.token());
    for (const left of [4, 3, 2, 1, 0]) {
      expect(await confirm(pending, wrong(app().codeFor(form.phoneNumber)))).toMatchObject({
        status: 422,
        body: { code: 'wrong_code', attempts_left: left },
      });
    }
    expect(await confirm(pending, app().codeFor(form.phoneNumber))).toMatchObject({
      status: 429,
      body: { code: 'too_many_attempts', attempts_left: 0, retry_after: 30 },
    });
  });

  it('too_many_requests with retry_after for a resend inside the wait', async () => {
    const { person } = await newcomer();
    app().clock.advance(seconds(12));
    expect(await resend(api.as(person.token()))).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', retry_after: 18 },
    });
  });

  it('no_pending_confirmation for a code and for a resend', async () => {
    const own = api.as((await member()).person.token());
    expect(await confirm(own, '123456')).toMatchObject({
      status: 409,
      body: { code: 'no_pending_confirmation' },
    });
    expect(await resend(own)).toMatchObject({
      status: 409,
      body: { code: 'no_pending_confirmation' },
    });
  });

  it('confirmation_required on every guarded call of a pending session', async () => {
    const { person } = await newcomer();
    const pending = api.as(person.token());
    const REFUSED = { status: 403, body: { code: 'confirmation_required' } };
    expect(await pending.call('GET', '/me')).toMatchObject(REFUSED);
    expect(await pending.call('PATCH', '/me', { json: { full_name: 'x' } })).toMatchObject(REFUSED);
    expect(await pending.call('PUT', '/me/two-factor', { json: { enabled: true } })).toMatchObject(
      REFUSED,
    );
    expect(
      await pending.call('PUT', '/me/password', { json: { current_password: 'a', password: 'b' } }),
    ).toMatchObject(REFUSED);
  });

  it('step_up_required carries the confirmation', async () => {
    const { person } = await member({ twoFactor: true });
    const { status, body } = await api
      .as(person.token())
      .call('PUT', '/me/two-factor', { json: { enabled: false } });
    expect([status, body['code']]).toEqual([403, 'step_up_required']);
    expect(body['confirmation']).toMatchObject({
      purpose: 'disable_two_factor',
      channel: 'sms',
      attempts_left: 5,
      notice: null,
    });
  });

  it('too_many_attempts after 10 wrong passwords in a row, also for the right one, with retry_after', async () => {
    const { form } = await member();
    const logIn = (password: string) =>
      api.call('POST', '/session', { json: { username: form.username, password } });
    for (let tries = 0; tries < 10; tries += 1)
      expect(await logIn('not it')).toMatchObject({ status: 401 });
    expect(await logIn(form.password)).toMatchObject({
      status: 429,
      body: { code: 'too_many_attempts', retry_after: 60 },
    });
    app().clock.advance(minutes(1));
    expect(await logIn(form.password)).toMatchObject({ status: 201 });
  });

  it('a wrong current password is validation_failed at its field; after 10 in a row too_many_attempts', async () => {
    const { person } = await member();
    const own = api.as(person.token());
    const change = () =>
      own.call('PUT', '/me/password', {
        json: { current_password: 'not it', password: 'seven purple elephants' },
      });
    expect((await change()).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/current_password', code: 'incorrect' }],
    });
    for (let tries = 1; tries < 10; tries += 1) await change();
    expect(await change()).toMatchObject({
      status: 429,
      body: { code: 'too_many_attempts', retry_after: 60 },
    });
  });
});
