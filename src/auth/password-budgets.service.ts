import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../common/net/client-info.js';
import { networkOf } from '../common/net/ip-address.js';
import { days, seconds } from '../common/clock.js';
import { WRONG_PASSWORDS } from '../common/limits/password-limits.js';
import { Turns, type TurnLimits } from '../common/turns.js';
import { Settings } from '../config/settings.js';
import { Budgets, type Claim, type Refusal } from '../rate-limit/budgets.js';
import { atMost, failuresInARow, failuresWithin, type Rule } from '../rate-limit/rules.js';

const perNameAndNetwork = failuresInARow(WRONG_PASSWORDS.here, 'wrong-passwords-here');
const perName = failuresInARow(WRONG_PASSWORDS.anywhere, 'wrong-passwords');
const ofAddress = (each: number): Rule =>
  failuresWithin({ each, ...WRONG_PASSWORDS.ofAddress }, 'wrong-passwords-of-address');
/** One password tried on many accounts: how many different ones. */
const accountsOfAddress = (each: number): Rule =>
  failuresWithin({ each, ...WRONG_PASSWORDS.ofAddress }, 'accounts-of-address');
/** Accounts that logged in from a network of late. */
const rightAccounts = atMost(1, days(14), 'right-accounts-of-address');
/** However many those are: the limit of accounts grows to that many times itself at most. */
const MOST_GROWTH = 10;
/** The limits of a network, whose sentence says so. */
export const OF_NETWORK: ReadonlySet<string> = new Set([
  ofAddress(1).name,
  accountsOfAddress(1).name,
]);

/**
 * As long as a client may wait for an answer; so many log-ins of one account from one place are no
 * mistake of a person.
 */
const IN_LINE: TurnLimits = { running: 1, waiting: 64, patience: seconds(20) };

/**
 * Who types a password: at which account, from where, on which confirmed device of that account.
 */
export interface Typing {
  usernameKey: string;
  client: ClientInfo;
  deviceId: number | null;
}

/**
 * How often passwords may be wrong: per account and network, per account, per network, and over how
 * many accounts. A device confirmed for the account counts by itself and meets none of the others,
 * so that no stranger keeps its owner out.
 */
@Injectable()
export class PasswordBudgetsService {
  private readonly turns = new Turns(IN_LINE);

  constructor(
    private readonly budgets: Budgets,
    private readonly settings: Settings,
  ) {}

  /**
   * Runs what spends, compares and gives back after what began before it in the same line: that of
   * log-ins to this account from this place, or of one `session`. Throws `busy`.
   */
  inTurn<T>(typing: Typing, session: number | null, judging: () => Promise<T>): Promise<T> {
    if (!this.settings.passwordBudgets) return judging();
    return this.turns.run([...placeOf(typing), session ?? 'log-in'].join('/'), judging);
  }

  /** Spends a try before the password is compared; null when it may be. */
  async spend(typing: Typing): Promise<Refusal | null> {
    if (!this.settings.passwordBudgets) return null;
    const many = await this.afterManyAccounts(typing);
    return many ?? (await this.budgets.take(this.claims(typing))).refusal;
  }

  /**
   * It was wrong. The accounts of a network are counted behind the comparing: people who log in at
   * once are no attack.
   */
  async noteWrong({ usernameKey, client, deviceId }: Typing): Promise<void> {
    if (!this.settings.passwordBudgets || deviceId !== null) return;
    const network = networkOf(client.address);
    const rule = accountsOfAddress(await this.mostAccounts(network));
    await this.budgets.take([{ rule, subject: network, member: usernameKey }]);
  }

  /**
   * It was right: what was wrong before it at this account is forgotten, and the account is none of
   * those the network tried; the network gets back this one try, and has one more account that logs
   * in from there.
   */
  async forgive(typing: Typing): Promise<void> {
    if (!this.settings.passwordBudgets) return;
    const { usernameKey, client } = typing;
    const network = networkOf(client.address);
    const rule = accountsOfAddress(this.settings.passwordLimits.accounts);
    const tried = { rule, subject: network, member: usernameKey, whole: true };
    const itself = typing.deviceId === null ? [...this.networkClaims(typing), tried] : [];
    await this.budgets.forgive(accountClaims(typing), itself, [
      { rule: rightAccounts, subject: [network, usernameKey] },
    ]);
  }

  /** Gives the try back: the password was not compared. */
  async giveBack(typing: Typing): Promise<void> {
    if (this.settings.passwordBudgets) await this.budgets.giveBack(this.claims(typing));
  }

  /** Forgets wrong passwords of an account, from wherever and on whatever device. */
  async unlock(usernameKey: string): Promise<void> {
    await this.budgets.clearAll(perNameAndNetwork, usernameKey);
    await this.budgets.clear([{ rule: perName, subject: usernameKey }]);
  }

  /** Forgets wrong passwords typed in one network, at whichever accounts. */
  async unlockNetwork(address: string): Promise<void> {
    const subject = networkOf(address);
    const { accounts, tries } = this.settings.passwordLimits;
    await this.budgets.clear(
      [ofAddress(tries), accountsOfAddress(accounts)].map((rule) => ({ rule, subject })),
    );
    await this.budgets.clearAll(accountsOfAddress(accounts), subject);
  }

  private async afterManyAccounts({ client, deviceId }: Typing): Promise<Refusal | null> {
    if (deviceId !== null) return null;
    const rule = accountsOfAddress(this.settings.passwordLimits.accounts);
    const until = await this.budgets.refusedUntil({ rule, subject: networkOf(client.address) });
    return until && { limit: rule.name, until, maskedSubject: null, isEnforced: true };
  }

  // Grows with what was right: of many people more mistype, and an attacker's network has none of
  // them.
  private async mostAccounts(network: string): Promise<number> {
    const { accounts, growth } = this.settings.passwordLimits;
    const enough = Math.ceil((MOST_GROWTH * accounts * 100) / growth);
    const right = await this.budgets.countAll(rightAccounts, network, enough);
    return accounts + Math.min(Math.floor((right * growth) / 100), (MOST_GROWTH - 1) * accounts);
  }

  private claims(typing: Typing): Claim[] {
    return [...accountClaims(typing), ...this.networkClaims(typing)];
  }

  private networkClaims({ client, deviceId }: Typing): Claim[] {
    const rule = ofAddress(this.settings.passwordLimits.tries);
    return deviceId === null ? [{ rule, subject: networkOf(client.address) }] : [];
  }
}

function accountClaims({ usernameKey, client, deviceId }: Typing): Claim[] {
  const ofPlace: Claim = {
    rule: perNameAndNetwork,
    subject: placeOf({ usernameKey, client, deviceId }),
  };
  return deviceId === null ? [ofPlace, { rule: perName, subject: usernameKey }] : [ofPlace];
}

/** An account, and the network or its confirmed device. */
const placeOf = ({ usernameKey, client, deviceId }: Typing): readonly [string, string] => [
  usernameKey,
  deviceId === null ? networkOf(client.address) : `device:${deviceId}`,
];
