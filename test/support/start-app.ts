import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { AppLogger } from '../../src/server/log/logger.js';
import { AppModule } from '../../src/app.module.js';
import { httpAdapter, setUpApp } from '../../src/server/setup.js';
import type { Factor } from '../../src/auth/factors/factor.js';
import { FactorsService } from '../../src/auth/factors/factors.service.js';
import { PhoneFactor } from '../../src/auth/factors/phone.factor.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { NoticesService } from '../../src/notices/notices.service.js';
import { Clock } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { loadSettings } from '../../src/load-settings.js';
import { countryOf } from '../../src/common/phone/phone-number.js';
import { Senders } from '../../src/messaging/senders.js';
import { SmsSender } from '../../src/messaging/vendors/sms-sender.js';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import type { VerificationProvider } from '../../src/phone-verification/providers/verification-provider.js';
import { VerificationProviders } from '../../src/phone-verification/providers/verification-providers.js';
import type { DatabaseKind, TestDatabase } from './databases.js';
import { FakeClock } from './fake-clock.js';
import { migratedDatabase } from './migrated-database.js';

export const PUBLIC_URL = 'http://127.0.0.1:3000';
export const SECRET_KEY = 'a test key that is long enough and no secret';
// Without a name for a plugin Fastify looks for its file among all modules, for which Jest asks the
// disk: a tenth of a second for every start.
Object.defineProperty(Function.prototype, Symbol.for('fastify.display-name'), {
  value: 'a plugin',
  writable: true,
});

/** All people of a test sit behind one address. */
const UNHINDERED =
  'any:1000000,unsafe:1000000,login:1000000,registration:1000000,confirmation:1000000,connections:1000000';
/** The keys of the application, for a provider that makes codes as it does. */
export const KEYS = new KeyRing([SECRET_KEY]);

export interface AppOptions {
  database?: DatabaseKind;
  /** An open database instead of one of its own, e.g. for a restart; whoever made it drops it. */
  use?: TestDatabase;
  environment?: Record<string, string>;
  /** In place of those that the settings name. */
  provider?: VerificationProvider;
  /**
   * Several of them, asked as they stand here unless the route of a number's country (null: none
   * known) says otherwise.
   */
  providers?: readonly VerificationProvider[];
  route?: (country: string | null) => readonly string[];
  /** In place of the phone alone. */
  factors?: (phone: Factor) => readonly Factor[];
}

/** The real application on a fresh database, over real HTTP, with a clock the test turns. */
export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  clock: FakeClock;
  db: DataSource;
  database: TestDatabase;
  /** Every log line of the run. */
  logs: string[];
  /** The code of the newest message to a number. */
  codeFor: (phoneNumber: string) => string;
  /** How many codes went to a number. */
  sent: (phoneNumber: string) => number;
  /** The notices a number was told, oldest first, once none is on its way any more. */
  noticesTo: (phoneNumber: string) => Promise<string[]>;
  /** All audit rows are written. */
  audited: () => Promise<void>;
  close: () => Promise<void>;
}

export async function startApp({
  database = 'SQLite',
  use,
  environment = {},
  factors,
  ...instead
}: AppOptions = {}): Promise<TestApp> {
  const opened = use ?? (await migratedDatabase(database));
  const settings = loadSettings({
    NODE_ENV: 'test',
    PUBLIC_URL,
    DATABASE_URL: opened.url,
    MIGRATE_AT_START: 'on',
    SECRET_KEY,
    BCRYPT_COST: '4',
    ABUSE_LIMITS: 'record',
    REQUEST_LIMITS: UNHINDERED,
    ...environment,
  });
  const clock = new FakeClock();
  const logs: string[] = [];
  const logger = new AppLogger(
    { logLevel: 'debug' },
    { write: (line: string) => void logs.push(line) },
  );
  const testing = Test.createTestingModule({ imports: [AppModule.with(settings)] })
    .overrideProvider(Clock)
    .useValue(clock);
  const theirs = insteadOfSettings(instead, clock);
  if (theirs) {
    testing.overrideProvider(Senders).useValue(theirs.senders);
    testing.overrideProvider(VerificationProviders).useValue(theirs.providers);
  }
  if (factors)
    testing.overrideProvider(FactorsService).useFactory({
      factory: (phone: PhoneFactor) => new FactorsService(factors(phone)),
      inject: [PhoneFactor],
    });
  const compiled = await testing.setLogger(logger).compile();
  const app = compiled.createNestApplication<NestFastifyApplication>(httpAdapter(settings), {
    bodyParser: false,
    logger,
  });
  await setUpApp(app, logger);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const inbox = app.get(InboxSender, { strict: false });
  const codesTo = (phoneNumber: string) =>
    inbox.messages(phoneNumber).filter(({ code }) => code !== '');
  return {
    app,
    clock,
    logs,
    database: opened,
    url: `http://127.0.0.1:${port}`,
    db: app.get(DataSource),
    codeFor: (phoneNumber) => codesTo(phoneNumber)[0]?.code ?? '',
    sent: (phoneNumber) => codesTo(phoneNumber).length,
    noticesTo: async (phoneNumber) => {
      await app.get(NoticesService, { strict: false }).beforeApplicationShutdown();
      const notices = inbox.messages(phoneNumber).filter(({ code }) => code === '');
      return notices.map(({ text }) => text).reverse();
    },
    audited: () => app.get(AuditLog, { strict: false }).flush(),
    close: async () => {
      await app.close();
      if (!use) await opened.drop();
    },
  };
}

function insteadOfSettings(
  { provider, providers = provider && [provider], route }: AppOptions,
  clock: Clock,
) {
  const names = providers?.map(({ name }) => name) ?? [];
  if (!providers) return undefined;
  const routeOf = route ?? (() => names);
  const carriers = providers.flatMap((one) =>
    'sender' in one && one.sender instanceof SmsSender ? [one.sender] : [],
  );
  const senders = new Senders(carriers, (number) => routeOf(countryOf(number) ?? null), clock);
  return { senders, providers: new VerificationProviders(providers, routeOf, clock, { senders }) };
}
