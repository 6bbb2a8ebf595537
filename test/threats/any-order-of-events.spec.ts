import fc from 'fast-check';
import { PurgeService } from '../../src/auth/purge.service.js';
import { days } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { LogIn, LogOut, Register } from '../model/entering.steps.js';
import { checkTokens } from '../model/invariants.js';
import { Model } from '../model/model.js';
import { ChangePassword, Look, SetTwoFactor, Wait } from '../model/owning.steps.js';
import { Cancel, Confirm, GiveNumber, Resend, type Typed } from '../model/proving.steps.js';
import {
  ChangeNumber,
  Deactivate,
  Delete,
  EndSession,
  GivePassword,
  Reactivate,
  ReleaseNumber,
  TurnTwoFactorOff,
  Unlock,
} from '../model/staff.steps.js';
import type { Step } from '../model/step.js';
import { World } from '../model/world.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { makeAccount } from '../support/ways.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';

/** 1 in the ordinary run; a nightly one sets more: 70 make 10,000 sequences and more. */
const SEQUENCES = Number(process.env['TEST_SEQUENCES'] ?? 1);
const STEPS = 16;

const who = fc.nat(2);
const mostly = fc.constantFrom(true, true, true, false);
const typed = fc.constantFrom<Typed>('right', 'right', 'right', 'wrong', 'wrong', 'other');
const often = <T>(times: number, arbitrary: T): T[] => Array<T>(times).fill(arbitrary);
// Weighted so that sequences get somewhere: most steps of a blind choice would meet nobody and
// nothing.
const steps: fc.Arbitrary<Step>[] = [
  ...often(
    5,
    fc.tuple(who, who).map(([client, user]) => new Register(client, user)),
  ),
  ...often(
    5,
    fc.tuple(who, who, mostly).map(([client, user, isRight]) => new LogIn(client, user, isRight)),
  ),
  ...often(
    10,
    fc.tuple(who, typed).map(([client, code]) => new Confirm(client, code)),
  ),
  ...often(
    3,
    who.map((client) => new Resend(client)),
  ),
  ...often(
    2,
    fc.tuple(who, who).map(([client, number]) => new GiveNumber(client, number)),
  ),
  ...often(
    4,
    fc.tuple(who, mostly).map(([client, isOn]) => new SetTwoFactor(client, isOn)),
  ),
  ...often(
    2,
    fc.tuple(who, mostly).map(([client, isRight]) => new ChangePassword(client, isRight)),
  ),
  ...often(
    3,
    fc.constantFrom(1, 2, 4, 6, 9, 11, 20).map((minutes) => new Wait(minutes)),
  ),
  fc.constant(new Wait(25 * 60)),
  who.map((client) => new Cancel(client)),
  who.map((client) => new LogOut(client)),
  who.map((client) => new Look(client)),
  who.map((user) => new Deactivate(user)),
  ...often(
    2,
    who.map((user) => new Reactivate(user)),
  ),
  fc.tuple(who, who).map(([user, number]) => new ChangeNumber(user, number)),
  who.map((user) => new ReleaseNumber(user)),
  who.map((user) => new GivePassword(user)),
  who.map((user) => new TurnTwoFactorOff(user)),
  who.map((user) => new Unlock(user)),
  who.map((user) => new Delete(user)),
  who.map((user) => new EndSession(user)),
];

const member = [new Register(0, 0), new Confirm(0, 'right')];
const withTwoFactor = [...member, new SetTwoFactor(0, true)];
/** From where a sequence goes on: what chance alone would reach too seldom. */
const BEGINNINGS: Step[][] = [
  [],
  member,
  withTwoFactor,
  [new Register(0, 0), new Resend(0), new Wait(1), new Resend(0)],
  [
    ...member,
    new ChangePassword(0, true),
    new Register(1, 1),
    new Confirm(1, 'right'),
    new Register(2, 2),
  ],
  [
    ...member,
    new GivePassword(0),
    new LogIn(0, 0, true),
    new ChangePassword(0, true),
    new GivePassword(0),
    new LogIn(0, 0, true),
  ],
  [
    ...withTwoFactor,
    new LogIn(1, 0, true),
    ...often(6, new Confirm(1, 'wrong')),
    new Wait(1),
    new LogIn(2, 0, true),
    ...often(4, new Confirm(2, 'wrong')),
    new Confirm(2, 'right'),
    new LogIn(1, 0, true),
    new Confirm(1, 'wrong'),
  ],
  [
    ...withTwoFactor,
    new SetTwoFactor(0, false),
    new Confirm(0, 'right'),
    new SetTwoFactor(0, false),
    new LogIn(1, 0, true),
  ],
  [...member, new ChangeNumber(0, 2), new Deactivate(0), new Delete(0)],
  // Gone on with when the code has little time left: another one goes out, and the registration
  // lives on from then.
  [new Register(0, 1), new Wait(9), new Register(0, 1), new Confirm(0, 'right')],
  // Released, and proven by the other one: the first gives the third number.
  [
    ...member,
    new ReleaseNumber(0),
    new Register(1, 1),
    new Confirm(1, 'right'),
    new Wait(1),
    new LogIn(0, 0, true),
    new Confirm(0, 'right'),
    new Resend(0),
    new GiveNumber(0, 0),
    new GiveNumber(0, 2),
    new Confirm(0, 'right'),
  ],
];

/** Else the sequences would prove nothing. */
const MUST_BE_REACHED = [
  'register: 201',
  'register: username_taken',
  'register: continued',
  'log in: active',
  'log in: confirmation_required',
  'log in: password_change_required',
  'confirm: 200',
  'confirm: wrong_code',
  'confirm: too_many_attempts',
  'confirm: phone_number_taken',
  'confirm: no_pending_confirmation',
  'resend: 202',
  'resend: too_many_requests',
  'two-factor on',
  'two-factor off',
  'two-factor: step_up_required',
  'password changed',
  'ChangeNumber',
  'Deactivate',
  'Delete',
  'ReleaseNumber',
  'give number: 200',
  'give number: validation_failed',
  'give number: forbidden',
];

onBothDatabases(
  'whatever three clients and the staff do to three accounts and three numbers, in any order',
  (database) => {
    const reached = new Map<string, number>();
    let app: WatchedApp;
    let superuser: number;
    let people = 0;
    beforeAll(async () => {
      app = await startWatched({ database });
      const { username } = await makeAccount(app, { isStaff: true, isSuperuser: true });
      ({ id: superuser } = await app.db.getRepository(User).findOneByOrFail({ username }));
    });
    afterAll(() => app.close());

    /**
     * Two people claim one number; the third number is nobody's until staff give it to somebody.
     */
    function setUp() {
      const forms = [1, 2, 3].map(() => oneOfMany((people += 1)));
      const numbers = forms.map(({ phoneNumber }) => phoneNumber);
      forms[1]!.phoneNumber = forms[0]!.phoneNumber;
      return { model: new Model(app.clock), real: new World(app, forms, numbers, superuser) };
    }

    /**
     * Before the next sequence: two days later nothing of this one counts, and now and then what
     * has expired is swept out.
     */
    async function forgetAll({ people: [first] }: World): Promise<void> {
      app.clock.advance(days(2));
      app.logs.length = 0;
      if (first?.username.endsWith('0')) await app.app.get(PurgeService, { strict: false }).purge();
    }

    it(
      'each answer is foretold, nobody is in without their proofs, one at most has a number, no budget is overdrawn',
      async () => {
        const numRuns = (database === 'SQLite' ? 110 : 35) * SEQUENCES;
        const sequences = fc.commands(steps, { maxCommands: STEPS, size: 'max' });
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...BEGINNINGS),
            sequences,
            async (beginning, sequence) => {
              const { model, real } = setUp();
              for (const step of beginning) await step.run(model, real);
              await fc.asyncModelRun(() => ({ model, real }), sequence);
              await checkTokens(model, real);
              for (const [what, times] of model.reached)
                reached.set(what, (reached.get(what) ?? 0) + times);
              await forgetAll(real);
            },
          ),
          {
            // Each beginning once by itself: chance alone would miss one now and then.
            numRuns: BEGINNINGS.length + numRuns,
            examples: BEGINNINGS.map((beginning): [Step[], Step[]] => [beginning, []]),
          },
        );
        expect(MUST_BE_REACHED.filter((what) => !reached.has(what))).toEqual([]);
      },
      300_000 * Math.max(1, SEQUENCES),
    );
  },
);
