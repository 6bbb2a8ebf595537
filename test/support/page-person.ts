import type { Channel } from '../../src/common/channel.js';
import { CookieJar } from './cookie-jar.js';
import { readPage, type Page } from './read-page.js';
import type { Outcome, Person, Registration, Where } from './person.js';

/** A person with a browser that has JavaScript off: cookies, forms, redirects. */
export class PagePerson implements Person {
  readonly face = 'pages';
  address: string | undefined;

  constructor(
    private readonly url: string,
    readonly jar = new CookieJar(),
  ) {}

  register({
    username,
    password,
    phoneNumber,
    countryCode = '',
    fullName = '',
    botCheck = '',
  }: Registration): Promise<Outcome> {
    const typed = {
      username,
      country_code: countryCode,
      phone_number: phoneNumber,
      password1: password,
      password2: password,
      full_name: fullName,
      bot_check: botCheck,
    };
    return this.submit('/register/', typed);
  }

  async confirm(code: string): Promise<Outcome> {
    const outcome = await this.submit('/verify/', { one_time_password: code });
    const isNothing = outcome.status === 303 && NOTHING_PENDING.has(this.jar.get('message') ?? '');
    return isNothing ? { status: outcome.status, error: 'no_pending_confirmation' } : outcome;
  }

  resend(channel: Channel = 'sms'): Promise<Outcome> {
    return this.submit('/verify/resend', { channel });
  }

  giveNumber(phoneNumber: string, countryCode = ''): Promise<Outcome> {
    return this.submit('/verify/number/', { phone_number: phoneNumber, country_code: countryCode });
  }

  logIn(username: string, password: string): Promise<Outcome> {
    return this.submit('/login/', { username, password });
  }

  logOut(): Promise<Outcome> {
    return this.submit('/logout/', {});
  }

  changePassword(oldPassword: string, newPassword: string): Promise<Outcome> {
    return this.submit('/password/', {
      old_password: oldPassword,
      new_password1: newPassword,
      new_password2: newPassword,
    });
  }

  async setTwoFactor(enabled: boolean): Promise<Outcome> {
    const page = await this.post('/dashboard/', { two_factor_auth: enabled ? 'on' : 'off' });
    if (page.location === '/verify/') return { status: page.status, error: 'step_up_required' };
    return outcomeOf(page);
  }

  async where(): Promise<Where> {
    const { status, location } = await this.get('/dashboard/');
    if (status === 200) return 'active';
    if (location === '/verify/') return 'confirmation_required';
    return location === '/password/' ? 'password_change_required' : 'stranger';
  }

  token(): string | undefined {
    return this.jar.get('session');
  }

  device(): string {
    return this.jar.get('device') ?? '';
  }

  holdDevice(tokens: string): void {
    this.jar.set('device', tokens);
  }

  twin(): PagePerson {
    return this.at(this.url);
  }

  at(url: string): PagePerson {
    return Object.assign(new PagePerson(url, this.jar.copy()), { address: this.address });
  }

  get(path: string): Promise<Page> {
    return this.ask(path, {});
  }

  post(path: string, form: Record<string, string>): Promise<Page> {
    return this.ask(path, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
    });
  }

  private async submit(path: string, form: Record<string, string>): Promise<Outcome> {
    return outcomeOf(await this.post(path, form));
  }

  private async ask(
    path: string,
    { headers, ...init }: RequestInit & { headers?: Record<string, string> },
  ): Promise<Page> {
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: {
        ...headers,
        cookie: this.jar.header(),
        ...(this.address === undefined ? {} : { 'x-forwarded-for': this.address }),
      },
    });
    this.jar.take(response.headers.getSetCookie());
    return readPage(response);
  }
}

const NOTHING_PENDING = new Set(['nothing_pending', 'code_expired', 'code_used']);

const BY_SENTENCE: readonly [RegExp, string][] = [
  [/Verification code is incorrect/, 'wrong_code'],
  [/Another user with this phone number already exists/, 'phone_number_taken'],
  [/A user with that username already exists/, 'username_taken'],
  [/that login was invalid/, 'invalid_credentials'],
  [/Too many (attempts|wrong codes)/, 'too_many_attempts'],
  [/Too many requests|too many were asked for/, 'too_many_requests'],
  [
    /nothing to confirm|This code (has expired|was used|was withdrawn|works no more)/i,
    'no_pending_confirmation',
  ],
  [/verification code not sent|could not be checked/, 'provider_unavailable'],
  [/busy right now/, 'busy'],
];
const BY_PLACE: Readonly<Record<string, string>> = {
  '/login/': 'unauthenticated',
  '/verify/': 'confirmation_required',
  '/password/': 'password_change_required',
};

// A redirect is a success unless it leads a stranger to the log-in; a page shown on the spot is a
// refusal.
function outcomeOf({ status, location, errors, fields, text, retryAfter }: Page): Outcome {
  if (status === 303)
    return location === '/login/' ? { status, error: BY_PLACE['/login/'] } : { status };
  const said = [...errors, ...Object.values(fields)].join('\n');
  const error =
    BY_SENTENCE.find(([sentence]) => sentence.test(said))?.[1] ??
    (status === 422
      ? 'validation_failed'
      : BY_SENTENCE.find(([sentence]) => sentence.test(text))?.[1]);
  const left = /No tries are left/.test(text) ? '0' : /(\d) (?:tries|try) left/.exec(text)?.[1];
  return {
    status,
    error,
    fields,
    retryAfter,
    attemptsLeft: left === undefined ? undefined : Number(left),
  };
}
