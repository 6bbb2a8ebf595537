import type { Channel } from '../../src/common/channel.js';
import type { Outcome, Person, Registration, Where } from './person.js';

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

/** A program over `/api/v1`. */
export class ApiPerson implements Person {
  readonly face = 'api';
  /** The last answer, for tests that look closer. */
  last: Answer | undefined;
  address: string | undefined;

  constructor(
    private readonly url: string,
    private held?: string,
    private deviceToken = '',
  ) {}

  register({
    username,
    password,
    phoneNumber,
    countryCode,
    fullName,
    botCheck,
  }: Registration): Promise<Outcome> {
    return this.do('POST', '/registration', {
      username,
      password,
      phone_number: phoneNumber,
      country_code: countryCode,
      full_name: fullName,
      bot_check: botCheck,
    });
  }

  confirm(code: string): Promise<Outcome> {
    return this.do('POST', '/session/confirmation', { code });
  }

  resend(channel?: Channel): Promise<Outcome> {
    return this.do('POST', '/session/confirmation/resend', channel ? { channel } : undefined);
  }

  giveNumber(phoneNumber: string, countryCode?: string): Promise<Outcome> {
    return this.do('PUT', '/session/phone-number', {
      phone_number: phoneNumber,
      country_code: countryCode,
    });
  }

  logIn(username: string, password: string): Promise<Outcome> {
    return this.do('POST', '/session', { username, password });
  }

  async logOut(): Promise<Outcome> {
    const outcome = await this.do('DELETE', '/session');
    this.held = undefined;
    return outcome;
  }

  changePassword(oldPassword: string, newPassword: string): Promise<Outcome> {
    return this.do('PUT', '/me/password', { current_password: oldPassword, password: newPassword });
  }

  setTwoFactor(enabled: boolean): Promise<Outcome> {
    return this.do('PUT', '/me/two-factor', { enabled });
  }

  async where(): Promise<Where> {
    const { status, body } = await this.call('GET', '/session');
    return status === 200 ? (body['state'] as Where) : 'stranger';
  }

  token(): string | undefined {
    return this.held;
  }

  device(): string {
    return this.deviceToken;
  }

  holdDevice(tokens: string): void {
    this.deviceToken = tokens;
  }

  twin(): ApiPerson {
    return this.at(this.url);
  }

  at(url: string): ApiPerson {
    return Object.assign(new ApiPerson(url, this.held, this.deviceToken), {
      address: this.address,
    });
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.held ? { authorization: `Bearer ${this.held}` } : {}),
        ...(this.deviceToken ? { 'ringback-device': this.deviceToken } : {}),
        ...(this.address === undefined ? {} : { 'x-forwarded-for': this.address }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    this.last = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
    return this.last;
  }

  private async do(method: string, path: string, body?: unknown): Promise<Outcome> {
    const answer = await this.call(method, path, body);
    const { token, device_token: device } = answer.body;
    if (typeof token === 'string') this.held = token;
    if (typeof device === 'string') this.deviceToken = device;
    return outcomeOf(answer);
  }
}

function outcomeOf({ status, body }: Answer): Outcome {
  if (status < 400) return { status };
  const errors = (body['errors'] ?? []) as { pointer: string; detail: string }[];
  return {
    status,
    error: String(body['code']),
    fields: Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.slice(1), detail])),
    attemptsLeft: body['attempts_left'] as number | undefined,
    retryAfter: body['retry_after'] as number | undefined,
  };
}
