import { ConfirmationService } from '../../src/auth/confirmation.service.js';
import { CredentialsService } from '../../src/auth/credentials.service.js';
import type { OpenedSession } from '../../src/auth/sessions/current-session.js';
import { LoginService } from '../../src/auth/login.service.js';
import { RegistrationService } from '../../src/auth/registration.service.js';
import { AppError } from '../../src/common/errors/app-error.js';
import type { ClientInfo } from '../../src/common/net/client-info.js';
import { after, days, hours, minutes, seconds } from '../../src/common/clock.js';
import { TRIES } from '../../src/common/limits/code-limits.js';
import { wrongCodes, wrongCodesDay } from '../../src/phone-verification/code-rules.js';
import { PhoneVerificationService } from '../../src/phone-verification/phone-verification.service.js';
import { codeOf } from '../../src/phone-verification/providers/code.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { Ledger, type Entry } from '../support/ledger.js';
import { PASSWORD } from '../support/people.js';
import type { Registration } from '../support/person.js';
import { KEYS } from '../support/start-app.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { makeAccount, wrong } from '../support/ways.js';

const CODES = 10 ** 6;
/** "Fewer than 1 in 10,000 chance of success per account and day". */
const CHANCE = 1 / 10_000;

/**
 * Most guesses in any 24 hours: the first, then all that are let through from `pause` milliseconds
 * on, while the owner types a right code every so often.
 */
function mostByTheRules({ pause, ownerEvery }: { pause: number; ownerEvery: number }): number {
  const start = new Date('2026-03-01T12:00:00.000Z');
  const ledger = new Ledger();
  const [inARow, ofTheDay] = [wrongCodes, wrongCodesDay].map((rule) => ({
    rule,
    subject: 'account',
  })) as [Entry, Entry];
  const guesses: number[] = [];
  for (let time = 0; time < days(3); time += seconds(20)) {
    const now = after(start, time);
    if (time % ownerEvery === 0) ledger.forget([inARow]);
    if (time > 0 && time < pause) continue;
    while (ledger.isOpen([inARow, ofTheDay], now)) {
      ledger.spend([inARow, ofTheDay], now);
      guesses.push(time);
      if (time === 0 && pause > 0) break;
    }
  }
  return mostInADay(guesses);
}

const mostInADay = (instants: readonly number[]): number =>
  Math.max(
    0,
    ...instants.map(
      (from) => instants.filter((time) => time >= from && time < from + days(1)).length,
    ),
  );

describe('a code guessed within a day: the chance by the rules', () => {
  const pauses = Array.from({ length: 25 }, (_, hour) => hours(hour));
  const most = (ownerEvery: number) =>
    Math.max(...pauses.map((pause) => mostByTheRules({ pause, ownerEvery })));

  it.each([
    ['never', days(30)],
    ['once a day', days(1)],
    ['every eight hours', hours(8)],
    ['every 20 minutes', minutes(20)],
  ])('is below 1 in 10,000 when the owner logs in %s', (_, ownerEvery) =>
    expect(most(ownerEvery) / CODES).toBeLessThan(CHANCE),
  );
});

onBothDatabases('a code guessed within a day, from ever new addresses and sessions', (database) => {
  let app: WatchedApp;
  let addresses = 0;
  let accounts = 0;
  beforeAll(async () => {
    app = await startWatched({ database });
  });
  beforeEach(() => app.provider.forget());
  afterAll(() => app.close());

  const service = <T>(type: new (...given: never[]) => T): T =>
    app.app.get(type, { strict: false });
  const stranger = (): ClientInfo => ({
    address: `10.${(addresses += 1) >> 8}.${addresses & 255}.1`,
    agent: '',
    locale: 'en',
  });

  /** A session in hand, and the code that would be right. */
  interface Entered {
    opened: OpenedSession;
    client: ClientInfo;
    right: string;
  }

  async function rightCode({ session }: OpenedSession): Promise<string> {
    const challenge = await service(PhoneVerificationService).latestOf(session.id);
    return codeOf(KEYS, challenge!.nonce, challenge!.phoneNumber)!;
  }

  async function logIn({ username }: Registration): Promise<Entered> {
    const client = stranger();
    const verified = await service(CredentialsService).verify(username, PASSWORD, client, '');
    const { opened } = await service(LoginService).login(verified, client);
    return { opened, client, right: await rightCode(opened) };
  }

  async function register(phoneNumber: string): Promise<Entered> {
    const client = stranger();
    const form = { ...oneOfMany((accounts += 1)), phoneNumber };
    const { opened } = await service(RegistrationService).register(form, client);
    return { opened, client, right: await rightCode(opened) };
  }

  const confirm = ({ opened, client }: Entered, code: string) =>
    service(ConfirmationService).confirm(opened, code, client);

  /**
   * Guesses in one new session after another until it is refused, or until no more codes go out:
   * one that never went out is never right. Gives the milliseconds to wait.
   */
  async function guessOn(enter: () => Promise<Entered>): Promise<number> {
    for (let sessions = 0; sessions < 40; sessions += 1) {
      const entered = await enter();
      const before = app.provider.compared.length;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const refusal = await confirm(entered, wrong(entered.right)).catch(
          (error: unknown) => error,
        );
        if (AppError.is(refusal, 'too_many_attempts'))
          return seconds(refusal.params.retryAfter ?? 0);
        expect(refusal).toMatchObject({ code: 'wrong_code' });
      }
      if (app.provider.compared.length === before) return hours(1);
    }
    return minutes(1);
  }

  /**
   * Three days of it. Every eight hours the owner is there when a wait ends, and first. Gives the
   * instant of each guess that was compared.
   */
  async function threeDays(
    enter: () => Promise<Entered>,
    owner?: () => Promise<unknown>,
  ): Promise<number[]> {
    const guesses: number[] = [];
    const end = after(app.clock.now(), days(3));
    let due = after(app.clock.now(), hours(8));
    while (app.clock.now() < end && guesses.length < 500) {
      app.provider.forget();
      const wait = await guessOn(enter);
      guesses.push(...app.provider.compared.map(() => app.clock.now().getTime()));
      app.clock.advance(wait);
      if (app.clock.now() < due) continue;
      await owner?.();
      due = after(due, hours(8));
    }
    return guesses;
  }

  it('happens to an account less than once in 10,000 days, though its owner logs in three times a day', async () => {
    const form = await makeAccount(app, { twoFactorAuth: true });
    let timesIn = 0;
    const owner = async () => {
      const entered = await logIn(form);
      await confirm(entered, entered.right).then(
        () => (timesIn += 1),
        () => undefined,
      );
    };
    const guesses = await threeDays(() => logIn(form), owner);
    expect(timesIn).toBeGreaterThan(0);
    expect(guesses.length).toBeGreaterThan(50);
    expect(mostInADay(guesses) / CODES).toBeLessThan(CHANCE);
  });

  it('happens to a number less than once in 10,000 days, by however many registrations', async () => {
    const { phoneNumber } = oneOfMany((accounts += 1));
    const guesses = await threeDays(() => register(phoneNumber));
    expect(guesses.length).toBeGreaterThan(50);
    expect(mostInADay(guesses) / CODES).toBeLessThan(CHANCE);
  }, 90_000);
});
