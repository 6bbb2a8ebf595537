import { minutes, seconds } from '../../src/common/clock.js';
import { StrictApi } from '../support/strict-api.js';
import { makeAccount, throughApi, wrong } from '../support/ways.js';

const PENDING_KEYS = ['absolute_expires_at', 'confirmation', 'expires_at', 'state', 'token'];
const ACTIVE_KEYS = [
  'absolute_expires_at',
  'confirmation',
  'device_token',
  'expires_at',
  'state',
  'token',
  'user',
];
const USER_KEYS = [
  'change_pw',
  'country_code',
  'date_joined',
  'display_name',
  'full_name',
  'id',
  'is_active',
  'is_staff',
  'is_superuser',
  'last_login',
  'locale',
  'phone_number',
  'phone_number_verified',
  'two_factor_auth',
  'username',
];
const CONFIRMATION_KEYS = [
  'attempts_left',
  'channel',
  'channels',
  'delivery',
  'expires_at',
  'notice',
  'phone_hint',
  'purpose',
  'resend_at',
  'sent_at',
];
const keys = (value: unknown) => Object.keys(value as object).sort();
const without = ({ token: _, device_token: __, ...rest }: Record<string, unknown>) => rest;

throughApi('session answers', ({ app, member, newcomer }) => {
  let api: StrictApi;
  beforeAll(async () => {
    api = await StrictApi.at(app().url);
  });
  const inSeconds = (count: number) =>
    new Date(app().clock.now().getTime() + seconds(count)).toISOString();

  it('registration: a token, the pending confirmation with the number masked, and no user', async () => {
    const { person, form } = await newcomer();
    const { status, body } = person.last!;
    expect([status, keys(body), keys(body['confirmation'])]).toEqual([
      201,
      PENDING_KEYS,
      CONFIRMATION_KEYS,
    ]);
    expect(body).toMatchObject({
      state: 'confirmation_required',
      expires_at: inSeconds(600),
      absolute_expires_at: inSeconds(1800),
      token: expect.stringMatching(/^[\w-]{43}$/) as string,
      confirmation: {
        purpose: 'register',
        channel: 'sms',
        phone_hint: `+1 ••••• •${form.phoneNumber.slice(-4)}`,
        sent_at: inSeconds(0),
        resend_at: inSeconds(30),
        expires_at: inSeconds(600),
        attempts_left: 5,
        notice: null,
      },
    });
    const shown = await api.as(person.token()).call('GET', '/session');
    expect([shown.status, shown.body]).toEqual([200, without(body)]);
  });

  it('confirmation: a new token, no confirmation any more, and the user as GET /me shows it', async () => {
    const { person, form } = await newcomer();
    const before = person.token();
    const { status, body } = await api
      .as(before)
      .call('POST', '/session/confirmation', { json: { code: app().codeFor(form.phoneNumber) } });
    expect([status, keys(body), keys(body['user']), body['confirmation']]).toEqual([
      200,
      ACTIVE_KEYS,
      USER_KEYS,
      null,
    ]);
    expect(body['token']).not.toBe(before);
    expect([body['expires_at'], body['absolute_expires_at']]).toEqual([
      inSeconds(86_400),
      inSeconds(30 * 86_400),
    ]);
    const now = api.as(body['token']);
    expect((await now.call('GET', '/me')).body).toEqual(body['user']);
    expect((await now.call('GET', '/session')).body).toEqual(without(body));
    expect((await api.as(before).call('GET', '/session')).status).toBe(401);
    expect(body['user']).toMatchObject({
      username: form.username,
      full_name: '',
      display_name: form.username,
      phone_number: form.phoneNumber,
      country_code: 1,
      phone_number_verified: true,
      two_factor_auth: false,
      change_pw: false,
      is_active: true,
      is_staff: false,
      is_superuser: false,
      last_login: inSeconds(0),
    });
  });

  it('log-in without a second factor: active, with the user as GET /me shows it', async () => {
    const { form } = await member();
    app().clock.advance(minutes(1));
    const { status, body } = await api.call('POST', '/session', {
      json: { username: form.username, password: form.password },
    });
    expect([status, keys(body), body['state']]).toEqual([201, ACTIVE_KEYS, 'active']);
    expect((await api.as(body['token']).call('GET', '/me')).body).toEqual(body['user']);
  });

  it('log-in with a second factor: pending, without the user', async () => {
    const { form } = await member({ twoFactor: true });
    const { status, body } = await api.call('POST', '/session', {
      json: { username: form.username, password: form.password },
    });
    expect([status, keys(body)]).toEqual([201, PENDING_KEYS]);
    expect(body).toMatchObject({
      state: 'confirmation_required',
      confirmation: { purpose: 'login' },
    });
    const { body: problem, status: refused } = await api.as(body['token']).call('GET', '/me');
    expect([refused, problem['code']]).toEqual([403, 'confirmation_required']);
  });

  it('a password chosen by someone else: password_change_required, without the user, until it is changed', async () => {
    const form = await makeAccount(app(), { changePw: true });
    const { body } = await api.call('POST', '/session', {
      json: { username: form.username, password: form.password },
    });
    const dueKeys = ACTIVE_KEYS.filter((key) => key !== 'user');
    expect([keys(body), body['state'], body['confirmation']]).toEqual([
      dueKeys,
      'password_change_required',
      null,
    ]);
    const due = api.as(body['token']);
    for (const [method, path] of [
      ['GET', '/me'],
      ['PATCH', '/me'],
      ['PUT', '/me/two-factor'],
    ] as const) {
      expect(
        (await due.call(method, path, method === 'GET' ? {} : { json: {} })).body,
      ).toMatchObject({
        code: 'password_change_required',
        status: 403,
      });
    }
    const changed = await due.call('PUT', '/me/password', {
      json: { current_password: form.password, password: 'seven purple elephants' },
    });
    expect([changed.status, keys(changed.body), changed.body['state']]).toEqual([
      200,
      ACTIVE_KEYS,
      'active',
    ]);
    expect(changed.body['user']).toMatchObject({ change_pw: false });
    expect((await api.as(changed.body['token']).call('GET', '/session')).body).toEqual(
      without(changed.body),
    );
  });

  it('resend: 202 with the confirmation as it is now, channel and all', async () => {
    const { person } = await newcomer();
    app().clock.advance(seconds(30));
    const pending = api.as(person.token());
    const sms = await pending.call('POST', '/session/confirmation/resend');
    expect([sms.status, keys(sms.body)]).toEqual([202, ['confirmation']]);
    expect(sms.body['confirmation']).toMatchObject({
      channel: 'sms',
      sent_at: inSeconds(0),
      resend_at: inSeconds(40),
    });
    app().clock.advance(seconds(40));
    const call = await pending.call('POST', '/session/confirmation/resend', {
      json: { channel: 'call' },
    });
    expect(call.body['confirmation']).toMatchObject({ channel: 'call' });
    const { body } = await pending.call('GET', '/session');
    expect([body['confirmation'], body['expires_at']]).toEqual([
      call.body['confirmation'],
      inSeconds(600),
    ]);
  });

  it('a wrong code is told with the tries left, which the session shows as well', async () => {
    const { person, form } = await newcomer();
    const pending = api.as(person.token());
    const { status, body } = await pending.call('POST', '/session/confirmation', {
      json: { code: wrong(app().codeFor(form.phoneNumber)) },
    });
    expect([status, body['code'], body['attempts_left']]).toEqual([422, 'wrong_code', 4]);
    expect((await pending.call('GET', '/session')).body).toMatchObject({
      confirmation: { attempts_left: 4 },
    });
  });

  it('log-out: 204 without a body, and the token is dead', async () => {
    const { person } = await member();
    const own = api.as(person.token());
    expect((await own.call('DELETE', '/session')).status).toBe(204);
    expect((await own.call('DELETE', '/session')).status).toBe(401);
  });

  it('PATCH /me changes the full name, and nothing when nothing is given', async () => {
    const { person, form } = await member();
    const own = api.as(person.token());
    expect(
      (await own.call('PATCH', '/me', { json: { full_name: ' Ada Lovelace ' } })).body,
    ).toMatchObject({
      full_name: 'Ada Lovelace',
      display_name: 'Ada Lovelace',
    });
    expect((await own.call('PATCH', '/me', { json: {} })).body).toMatchObject({
      full_name: 'Ada Lovelace',
    });
    expect((await own.call('PATCH', '/me', { json: { full_name: '' } })).body).toMatchObject({
      full_name: '',
      display_name: form.username,
    });
    expect((await own.call('GET', '/me')).body).toMatchObject({ full_name: '' });
  });

  it('PUT /me/two-factor answers the user as GET /me shows it', async () => {
    const { person } = await member();
    const own = api.as(person.token());
    const { status, body } = await own.call('PUT', '/me/two-factor', { json: { enabled: true } });
    expect([status, keys(body), body['two_factor_auth']]).toEqual([200, USER_KEYS, true]);
    expect((await own.call('GET', '/me')).body).toEqual(body);
  });
});
