import { randomBytes } from 'node:crypto';
import { newReference } from '../src/common/token.js';
import { call, confirm, submit } from './calls.js';
import type { Answer } from './exchange.js';
import type { Phones } from './phones.js';
import type { Target } from './target.js';
import { Unjudged } from './verdict.js';

/** An account waiting for its code. */
export interface Newcomer {
  username: string;
  password: string;
  phoneNumber: string;
  /** Of its pending session. */
  token: string;
  code: string;
  /** How its registration was answered. */
  registered: Answer;
}

/** A confirmed account, with the token and the code that its confirmation used up. */
export interface Member extends Newcomer {
  active: string;
}

interface Registration {
  username: string;
  phoneNumber: string;
  password?: string;
  headers?: Readonly<Record<string, string>>;
  more?: object;
  /** Without waiting out a request limit. */
  isOnce?: boolean;
}

/**
 * The accounts of a run. Messages are few (ten an hour for one address by default), so accounts are
 * made late, once, and shared as far as attacks leave them whole.
 */
export class Cast {
  /** Usernames that the target took. */
  readonly made: string[] = [];
  /** Those of them that are confirmed, and so stay. */
  readonly staying: string[] = [];
  /** Different names that were tried with a wrong password: a network may try only so many. */
  strangers = 0;
  private readonly run = randomBytes(3).toString('hex');
  private named = 0;
  private refusal: Unjudged | null = null;
  private unread: Unjudged | null = null;
  private waiting: Promise<Newcomer> | null = null;
  private settled: Promise<Member> | null = null;
  private adopted: Member | null = null;

  constructor(
    private readonly target: Target,
    private readonly phones: Phones,
  ) {}

  /** A name nobody has, telling where it came from. */
  name(): string {
    this.named += 1;
    return `attack-${this.run}-${String(this.named).padStart(2, '0')}`;
  }

  /** A name nobody has, for a log-in that must be wrong. */
  stranger(): string {
    this.strangers += 1;
    return this.name();
  }

  /** One that its attack may use up. */
  newcomer(): Promise<Newcomer> {
    const newcomer = this.pending();
    this.waiting = null;
    return newcomer;
  }

  /** One that must be left as it is: the next attack that asks gets the same. */
  pending(): Promise<Newcomer> {
    return (this.waiting ??= this.register());
  }

  /** The one confirmed account that all share. */
  member(): Promise<Member> {
    return (this.settled ??= this.settle());
  }

  /** Another confirmed account, which its attack may use up. */
  async spare(): Promise<Member> {
    const spare = this.adopted ?? (await this.settle());
    this.adopted = null;
    return spare;
  }

  /**
   * Keeps a newcomer, whose code was taken in this answer, for the next attack that asks for a
   * spare account.
   */
  adopt(newcomer: Newcomer, confirmed: Answer): void {
    this.staying.push(newcomer.username);
    this.adopted = { ...newcomer, active: this.tokenOf(confirmed, 'confirm an account') };
  }

  /** A fresh token of the member. */
  async logIn(): Promise<string> {
    const { username, password } = await this.member();
    const answer = await call(this.target, 'POST', '/session', { body: { username, password } });
    return this.tokenOf(answer, 'log in');
  }

  /** A fresh session of the member in a browser: `name=value` of its cookie. */
  async logInByPage(path = '/login/', cookie = ''): Promise<{ cookie: string; answer: Answer }> {
    const { username, password } = await this.member();
    const answer = await submit(this.target, path, { username, password }, cookie);
    const [, token = ''] = answer.sessionCookie.split('=');
    if (token === '')
      throw new Unjudged(`the target let its own member not log in (${answer.status})`);
    this.target.hide(token, '$TOKEN');
    return { cookie: answer.sessionCookie, answer };
  }

  /** Gives the member another password, with a token that is dead behind it. Throws Unjudged. */
  async changePassword(token: string): Promise<void> {
    const member = await this.member();
    const password = newReference();
    this.target.hide(password, '$NEW_PASSWORD');
    const body = { current_password: member.password, password };
    const changed = await call(this.target, 'PUT', '/me/password', { token, body });
    member.active = this.tokenOf(changed, 'change the password');
    member.password = password;
  }

  /**
   * Asks for an account, with `more` fields or headers than are due. What it was given stands in no
   * line shown. Throws Unjudged, from then on at once, when its message went where nobody here can
   * read it: that one may have been paid for, no other is.
   */
  async ask({
    username,
    phoneNumber,
    password = newReference(),
    headers = {},
    more,
    isOnce,
  }: Registration): Promise<Answer> {
    if (this.unread) throw this.unread;
    this.target.hide(password, '$PASSWORD');
    this.target.hide(phoneNumber, '$NUMBER');
    const body = { username, password, phone_number: phoneNumber, ...more };
    const answer = await call(isOnce ? this.target.once : this.target, 'POST', '/registration', {
      body,
      headers,
    });
    if (answer.isSuccess && !this.made.includes(username)) this.made.push(username);
    const { token } = answer.json;
    if (typeof token === 'string') this.target.hide(token, '$TOKEN');
    if (wasSent(answer) && (await this.phones.codeFor(phoneNumber)) === '') {
      throw (this.unread = new Unjudged(
        'a code went out that cannot be read here, so nothing more is registered',
      ));
    }
    return answer;
  }

  /** The token that the answer hands out; throws Unjudged where it does not. */
  tokenOf(answer: Answer, what: string): string {
    const { token } = answer.json;
    if (answer.isLimited)
      throw new Unjudged(`limited: the target does not let this address ${what} now`);
    if (typeof token !== 'string')
      throw new Unjudged(`the target did not ${what} (${answer.status} ${answer.code})`);
    this.target.hide(token, '$TOKEN');
    return token;
  }

  /** Asked again, a target that sends nothing more would only gain more unfinished accounts. */
  private async register(): Promise<Newcomer> {
    if (this.refusal) throw this.refusal;
    try {
      return await this.open();
    } catch (error) {
      if (error instanceof Unjudged) this.refusal = error;
      throw error;
    }
  }

  private async open(): Promise<Newcomer> {
    const [username, phoneNumber, password] = [this.name(), this.phones.next(), newReference()];
    const registered = await this.ask({ username, phoneNumber, password });
    const token = this.tokenOf(registered, 'register an account');
    if (!wasSent(registered))
      throw new Unjudged(
        'limited: the target sends no more codes to this address now; an hour helps',
      );
    const code = await this.phones.codeFor(phoneNumber);
    this.target.hide(code, '$CODE');
    return { username, password, phoneNumber, token, code, registered };
  }

  private async settle(): Promise<Member> {
    const newcomer = await this.newcomer();
    const answer = await confirm(this.target, newcomer.token, newcomer.code);
    if (answer.code === 'phone_number_taken')
      throw new Unjudged('its number belongs to an earlier account: delete that');
    const active = this.tokenOf(answer, 'confirm an account');
    this.staying.push(newcomer.username);
    return { ...newcomer, active };
  }
}

/** Whether the answer to a registration says that a code went out. */
export function wasSent(answer: Answer): boolean {
  const confirmation = answer.json['confirmation'] as { sent_at?: unknown } | null | undefined;
  return typeof confirmation?.sent_at === 'string';
}
