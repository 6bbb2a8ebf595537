import { Not, type FindOptionsWhere } from 'typeorm';
import { ConfirmationService } from '../../src/auth/confirmation.service.js';
import { LogoutService } from '../../src/auth/logout.service.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { SessionsService } from '../../src/auth/sessions/sessions.service.js';
import { StaffAccountsService } from '../../src/staff/staff-accounts.service.js';
import { StaffNumbersService } from '../../src/staff/staff-numbers.service.js';
import { StaffSupportService } from '../../src/staff/staff-support.service.js';
import type { StaffActor } from '../../src/staff/staff-rules.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { hashToken } from '../../src/common/token.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { codeOf } from '../../src/phone-verification/providers/code.js';
import { ApiPerson } from '../support/api-person.js';
import type { Registration } from '../support/person.js';
import { KEYS } from '../support/start-app.js';
import type { WatchedApp } from '../support/watched-provider.js';

/**
 * The running product as one sequence meets it: clients with tokens, the staff, and the look into
 * its tables.
 */
export class World {
  readonly clients: readonly ApiPerson[];
  readonly confirmations: ConfirmationService;
  readonly sessions: SessionsService;
  readonly accounts: StaffAccountsService;
  readonly numberDesk: StaffNumbersService;
  readonly support: StaffSupportService;

  constructor(
    readonly app: WatchedApp,
    /** Who may register: the usernames and numbers of this sequence alone. */
    readonly people: readonly Registration[],
    readonly numbers: readonly string[],
    private readonly superuser: number,
  ) {
    this.clients = people.map(() => new ApiPerson(app.url));
    this.confirmations = app.app.get(ConfirmationService, { strict: false });
    this.sessions = app.app.get(SessionsService, { strict: false });
    this.accounts = app.app.get(StaffAccountsService, { strict: false });
    this.numberDesk = app.app.get(StaffNumbersService, { strict: false });
    this.support = app.app.get(StaffSupportService, { strict: false });
    app.provider.forget();
  }

  get staff(): StaffActor {
    return {
      id: this.superuser,
      sessionId: 0,
      rights: { isActive: true, isStaff: true, isSuperuser: true, permissions: [] },
    };
  }

  readonly staffClient = LOCAL_CLIENT;

  client(index: number): ApiPerson {
    const client = this.clients[index];
    if (!client) throw new Error(`There is no client ${index}.`);
    return client;
  }

  /** "Wrong number?", as the page behind the token asks for it. */
  async cancel(token: string): Promise<void> {
    const current = await this.sessions.find(token);
    if (!current) throw new Error('The session is gone.');
    await this.app.app.get(LogoutService, { strict: false }).cancel(current, LOCAL_CLIENT);
  }

  sessionOf(token: string): Promise<Session | null> {
    return this.app.db.manager.findOneBy(Session, { tokenHash: hashToken(token) });
  }

  /** The known device of the session behind a token. */
  async deviceOf(token: string | undefined): Promise<number | null> {
    return token === undefined ? null : ((await this.sessionOf(token))?.deviceId ?? null);
  }

  /** The newest challenge of the session behind a token. */
  async challengeOf(token: string | undefined): Promise<Challenge | null> {
    const session = token === undefined ? null : await this.sessionOf(token);
    return session && this.newestChallenge({ sessionId: session.id });
  }

  /** The newest challenge for the same number that is somebody else's. */
  challengeBeside({ sessionId, phoneNumber }: Challenge): Promise<Challenge | null> {
    return this.newestChallenge({ phoneNumber, sessionId: Not(sessionId) });
  }

  private newestChallenge(where: FindOptionsWhere<Challenge>): Promise<Challenge | null> {
    return this.app.db.manager.findOne(Challenge, { where, order: { id: 'DESC' } });
  }
}

export const codeFor = ({ nonce, phoneNumber }: Challenge): string =>
  codeOf(KEYS, nonce, phoneNumber) ?? '';
