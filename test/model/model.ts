import { days, minutes } from '../../src/common/clock.js';
import { Ledger } from '../support/ledger.js';
import type { Where } from '../support/person.js';

/** What an account should be. Instants are milliseconds. */
export interface Account {
  id: number;
  username: string;
  number: string;
  password: string;
  isVerified: boolean;
  hasTwoFactor: boolean;
  isActive: boolean;
  mustChangePassword: boolean;
  joined: number;
  /** The end of a registration that nobody has confirmed. */
  expires: number | null;
}

/** What a session should be: which proofs it has brought. */
export interface Visit {
  account: Account;
  methods: string[];
  /** When the phone was proven, by purpose. */
  proofs: Map<string, number>;
  opened: number;
  expires: number;
  seen: number;
}

export const PENDING = minutes(10);
const IDLE = days(1);
const ABSOLUTE = days(30);

/**
 * The product in the small: accounts, sessions and their proofs, by the words of its rules, without
 * a database or a network.
 */
export class Model {
  readonly accounts = new Map<string, Account>();
  /** By token. What has expired stays, as its row does, until something takes it away. */
  readonly visits = new Map<string, Visit>();
  readonly deadTokens = new Set<string>();
  /** The token each client holds. */
  readonly held: (string | undefined)[] = [];
  readonly guesses = new Ledger();
  readonly sends = new Ledger();
  /** Spent tries by challenge. */
  readonly tried = new Map<number, number>();
  /** Codes that the provider was asked about. */
  compared = 0;
  /** How often something happened that a sequence ought to reach. */
  readonly reached = new Map<string, number>();

  constructor(private readonly clock: { now: () => Date }) {}

  get now(): number {
    return this.clock.now().getTime();
  }

  note(what: string): void {
    this.reached.set(what, (this.reached.get(what) ?? 0) + 1);
  }

  /**
   * The session of a client, whatever its state; undefined once its token is dead or its time is
   * over.
   */
  visitOf(client: number): Visit | undefined {
    return this.living(this.held[client]);
  }

  living(token: string | undefined): Visit | undefined {
    const visit = token === undefined ? undefined : this.visits.get(token);
    if (!visit || !visit.account.isActive || this.isExpired(visit.account)) return undefined;
    return visit.expires > this.now && visit.seen + IDLE > this.now ? visit : undefined;
  }

  stateOf(visit: Visit | undefined): Where {
    if (!visit) return 'stranger';
    if (this.isPending(visit)) return 'confirmation_required';
    return visit.account.mustChangePassword ? 'password_change_required' : 'active';
  }

  /** Somebody else has proven it. */
  isTaken(account: Account, number: string): boolean {
    return [...this.accounts.values()].some(
      (other) => other !== account && other.isVerified && other.number === number,
    );
  }

  /** A member whose right code met a number that was taken. */
  mayGiveNumber(visit: Visit): boolean {
    const { account, proofs } = visit;
    return (
      this.isPending(visit) &&
      !account.isVerified &&
      account.expires === null &&
      proofs.has('register')
    );
  }

  isPending({ account, methods }: Visit): boolean {
    return (!account.isVerified || account.hasTwoFactor) && !methods.includes('sms');
  }

  isExpired({ expires }: Account): boolean {
    return expires !== null && expires <= this.now;
  }

  /** A right password: a session, waiting for its code where one is due. */
  enter(account: Account, token: string): Visit {
    const visit = {
      account,
      methods: ['password'],
      proofs: new Map(),
      opened: this.now,
      expires: 0,
      seen: this.now,
    };
    visit.expires = this.now + (this.isPending(visit) ? PENDING : ABSOLUTE);
    this.visits.set(token, visit);
    return visit;
  }

  /** A right code: of a pending session the whole time, of another one the time it had. */
  promote(visit: Visit, purpose: string): void {
    if (this.isPending(visit)) visit.expires = this.now + ABSOLUTE;
    if (!visit.methods.includes('sms')) visit.methods.push('sms');
    visit.proofs.set(purpose, this.now);
    Object.assign(visit.account, { isVerified: true, expires: null });
  }

  /**
   * A code went out: a pending session and an unfinished registration live on, each to its own end.
   */
  extend(visit: Visit): void {
    if (this.isPending(visit))
      visit.expires = Math.min(this.now + PENDING, visit.opened + minutes(30));
    this.extendRegistration(visit.account);
  }

  extendRegistration(account: Account): void {
    if (account.expires !== null)
      account.expires = Math.min(this.now + minutes(15), account.joined + minutes(60));
  }

  /** The same session goes on by another token. */
  renew(client: number, token: string | undefined): void {
    const before = this.held[client];
    const visit = before === undefined ? undefined : this.visits.get(before);
    if (before === undefined || token === undefined || !visit)
      throw new Error('There is no session to go on.');
    this.end((other) => other === visit);
    this.visits.set(token, visit);
    this.held[client] = token;
  }

  /** Their tokens are dead from here on. */
  end(which: (visit: Visit) => boolean): void {
    for (const [token, visit] of this.visits) {
      if (!which(visit)) continue;
      this.visits.delete(token);
      this.deadTokens.add(token);
    }
  }

  remove(account: Account): void {
    this.end((visit) => visit.account === account);
    this.accounts.delete(account.username);
  }
}
