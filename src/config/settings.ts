import type { Channel } from '../common/channel.js';
import type { PasswordLimits } from '../common/limits/password-limits.js';
import type { RequestLimitSettings } from '../common/limits/request-limits.js';
import type { SendLimits } from '../common/limits/send-limits.js';
import type { Variables } from './accounts.js';
import type { BotCheckSettings } from './bot-check-settings.js';
import type { Environment } from './environment.js';
import type { MessageTemplates } from './message-templates.js';
import type { PrefixLimit } from './prefix-limits.js';
import type { Prices } from './prices.js';
import type { TestNumbers } from './test-numbers.js';
import { namedProviders, type VerificationRoutes } from './verification-routes.js';

export type DatabaseSettings =
  | { kind: 'sqlite'; file: string; sync?: 'full' | 'normal' }
  | { kind: 'mysql'; url: string; tls?: boolean };

/** Everything the product can be told, checked and frozen. Durations are milliseconds. */
export class Settings {
  readonly environment: Environment['NODE_ENV'];
  readonly host: string;
  readonly port: number;
  /** Origin of the pages, without a path. */
  readonly publicUrl: string;
  readonly database: DatabaseSettings;
  readonly migrateAtStart: boolean;
  /** Where several instances count requests together; null where each counts its own. */
  readonly redisUrl: string | null;
  readonly secretKeys: readonly string[];
  /** Where the one lies that was made for this installation; null: SECRET_KEY names them. */
  readonly keyFile: string | null;
  /**
   * Where the first of them is to be kept once the database has nothing under another one; null:
   * nowhere, or it is.
   */
  readonly keepKeyIn: string | null;
  /** Whom to ask for a code, in order and by country. */
  readonly routes: VerificationRoutes;
  /** Every provider whose account is given. */
  readonly providers: readonly string[];
  /** The settings of their accounts. */
  readonly gateways: Variables;
  /** How codes may reach a phone, where a provider can. */
  readonly channels: readonly Channel[];
  readonly testNumbers: TestNumbers;
  readonly messageTemplates: MessageTemplates;
  /** Whether phones are told of what happens to their accounts. */
  readonly notices: boolean;
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may call the API and read its document (CORS). */
  readonly allowedOrigins: readonly string[];
  readonly bcryptCost: number;
  /**
   * Password hashes at once: one more than cores, for a core to go on with while the last result is
   * taken in; one thread of Node's pool is left to files and name look-ups.
   */
  readonly hashesAtOnce: number;
  /** Whose a national number is where no country is chosen; null: one has to be. */
  readonly defaultCountry: string | null;
  readonly allowedCountries: readonly string[] | 'all';
  readonly deniedCountries: readonly string[];
  readonly sendLimits: SendLimits;
  readonly prefixLimits: readonly PrefixLimit[];
  readonly prices: Prices;
  /**
   * What messages of a day may cost, and those of registrations; null: no such limit. In the
   * currency of the prices.
   */
  readonly dailySpend: { readonly all: number; readonly registrations: number } | null;
  readonly botCheck: BotCheckSettings;
  readonly abuseLimits: 'enforce' | 'record';
  /**
   * The inbox is the only sender: limits that guard money are recorded alone, unless the settings
   * name them.
   */
  readonly sendsAreFree: boolean;
  readonly requestLimits: RequestLimitSettings;
  readonly passwordBudgets: boolean;
  readonly passwordLimits: PasswordLimits;
  readonly admin: boolean;
  readonly staffTwoFactor: 'optional' | 'required';
  readonly sessions: SessionLimits;
  readonly auditAddressDays: number;
  readonly docs: boolean;
  /** Opens `/metrics` to other machines; null keeps them out. */
  readonly metricsToken: string | null;
  /** Milliseconds between the signal to end and the end of listening. */
  readonly shutdownDrain: number;
  readonly logLevel: Environment['LOG_LEVEL'];
  /**
   * While developing, machines of the local network may look in, the inbox included; never in
   * production.
   */
  readonly devLan: boolean;
  /**
   * Whom to tell of a hole in this installation, as `/.well-known/security.txt` says it; nobody
   * named: no such file.
   */
  readonly securityContact: readonly string[];
  /** What `.env` names and Ringback does not know. */
  readonly strangeNames: readonly string[];

  constructor(values: Settings) {
    Object.assign(this, values);
    Object.freeze(this);
  }

  /** Whether messages stay in memory and are shown at `/dev/inbox`. */
  static hasInbox(settings: Settings): boolean {
    return (
      namedProviders(settings.routes).includes('self:inbox') &&
      settings.environment !== 'production'
    );
  }
}

export interface SessionLimits {
  readonly idle: number;
  readonly absolute: number;
  readonly staffIdle: number;
  readonly staffAbsolute: number;
}
