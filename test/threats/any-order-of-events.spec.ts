import fc from 'fast-check';
import { Session } from '../../src/auth/session.entity.js';
import { minutes } from '../../src/common/clock.js';
import { hashToken } from '../../src/common/token.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { wrong } from '../support/ways.js';

const SEQUENCES = Number(process.env['TEST_SEQUENCES'] ?? 1);

const who = fc.nat(1);
const mostly = fc.constantFrom(true, true, true, false);
// Weighted so that sequences get somewhere: most steps of a blind choice would meet nobody and nothing.
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('register' as const), client: who, user: who }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('log in' as const), client: who, user: who }) },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('confirm' as const), client: who, right: mostly }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resend' as const), client: who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('log out' as const), client: who }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('two-factor' as const), client: who, on: mostly }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), minutes: fc.constantFrom(1, 4, 11, 20) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

onBothDatabases('whatever two clients do to two accounts with one number, in any order', (database) => {
  let app: WatchedApp;
  let reached = 0;
  beforeAll(async () => {
    app = await startWatched({ database });
  });
  afterAll(() => app.close());

  /** Two accounts that claim one number, and two clients without a session. */
  function world() {
    const first = somebody();
    const users: [Registration, Registration] = [first, { ...somebody(), phoneNumber: first.phoneNumber }];
    return { users, clients: [new ApiPerson(app.url), new ApiPerson(app.url)] as const, number: first.phoneNumber };
  }
  type World = ReturnType<typeof world>;

  async function take({ users, clients, number }: World, action: Step): Promise<number> {
    if (action.does === 'wait') {
      app.clock.advance(minutes(action.minutes));
      return 200;
    }
    const client = clients[action.client] ?? clients[0];
    const code = app.codeFor(number) || '000000';
    const run = {
      register: () => client.register(users['user' in action ? (action.user as 0 | 1) : 0]),
      'log in': () => client.logIn(users['user' in action ? (action.user as 0 | 1) : 0].username, PASSWORD),
      confirm: () => client.confirm('right' in action && action.right ? code : wrong(code)),
      resend: () => client.resend(),
      'log out': () => client.logOut(),
      'two-factor': () => client.setTwoFactor('on' in action && action.on),
    };
    return (await run[action.does]()).status;
  }

  async function check({ users, clients, number }: World, status: number) {
    expect(status).not.toBe(500);
    expect(await app.db.getRepository(User).countBy({ verifiedPhoneNumber: number })).toBeLessThanOrEqual(1);
    for (const { username } of users) {
      const user = await app.db.getRepository(User).findOneBy({ username });
      if (user) expect(user.verifiedPhoneNumber).toBe(user.phoneNumberVerified ? user.phoneNumber : null);
      if (user?.twoFactorAuth) expect(user.phoneNumberVerified).toBe(true);
    }
    for (const client of clients) {
      if ((await client.where()) !== 'active') continue;
      const session = await app.db.getRepository(Session).findOneByOrFail({ tokenHash: hashToken(client.token() ?? '') });
      const user = await app.db.getRepository(User).findOneByOrFail({ id: session.userId });
      reached += 1;
      expect(session.methods[0]).toBe('password');
      expect(user.phoneNumberVerified).toBe(true);
      if (user.twoFactorAuth) expect(session.methods).toContain('sms');
    }
  }

  it('nobody is in without his proofs, one at most has the number, and no budget is overdrawn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
        const one = world();
        app.provider.forget();
        for (const action of steps) await check(one, await take(one, action));
        const challenges = await app.db.query<{ attempts_left: number }[]>('SELECT attempts_left FROM challenges');
        expect(challenges.every(({ attempts_left: left }) => left >= 0 && left <= 5)).toBe(true);
        expect(app.provider.started.length).toBeLessThanOrEqual(20);
        expect(app.provider.compared.length).toBeLessThanOrEqual(steps.filter(({ does }) => does === 'confirm').length);
        app.clock.advance(minutes(60 * 25));
      }),
      { numRuns: (database === 'SQLite' ? 25 : 8) * SEQUENCES },
    );
    // Else the sequences would prove nothing.
    expect(reached).toBeGreaterThan(5);
  });
});
