import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { Clock } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { loadSettings } from '../../src/load-settings.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { wrongCodes, wrongCodesDay } from '../../src/phone-verification/code-rules.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { failuresInARow } from '../../src/rate-limit/rules.js';
import { Installation } from './installation.js';

const FLAGS = 'create-superuser --no-input --username root --phone-number +14155550100';
const SUPERUSER_PASSWORD = 'violet anchors drift';

describe('unlock', () => {
  let installation: Installation;
  beforeEach(() => (installation = new Installation()));
  afterEach(() => installation.remove());

  it('forgets wrong codes and passwords of that account only, those of its devices too, and leaves a trace', async () => {
    await installation.run(FLAGS, { SUPERUSER_PASSWORD });
    await installation.run(FLAGS.replace('root', 'other').replace('0100', '0101'), {
      SUPERUSER_PASSWORD,
    });
    const budgets = await lock(installation, ['root', 'other']);
    expect(budgets).toBe(12);
    expect(await installation.run('unlock Root')).toEqual({
      status: 0,
      output: 'Unlocked: root\n',
      error: '',
    });
    expect(await installation.rows(Budget)).toHaveLength(6);
    expect(await installation.rows(AuditEvent)).toContainEqual(
      expect.objectContaining({ name: 'user.unlocked', userId: 1 }),
    );
  });

  it('refuses a username nobody has', async () => {
    expect(await installation.run('unlock nobody')).toEqual({
      status: 1,
      output: '',
      error: 'There is no user with that username.\n',
    });
  });
});

/** Wrong codes and passwords of accounts 1, 2, …, counted by the rules themselves. */
async function lock(installation: Installation, usernames: string[]): Promise<number> {
  const settings = loadSettings(installation.environment);
  const tenths = { each: 10, firstWait: 1, longestWait: 1, forget: 86_400_000 };
  const [wrongPasswords, wrongPasswordsHere] = [
    failuresInARow(tenths, 'wrong-passwords'),
    failuresInARow(tenths, 'wrong-passwords-here'),
  ] as const;
  return installation.query(async (dataSource) => {
    const budgets = new Budgets(
      new UnitOfWork(dataSource),
      new Clock(),
      new KeyRing(settings.secretKeys),
      settings,
    );
    for (const [index, username] of usernames.entries()) {
      const device = 'device:7';
      const claims = [wrongCodes, wrongCodesDay].flatMap((rule) => [
        { rule, subject: index + 1 },
        { rule, subject: [`${index + 1}`, device] as const },
      ]);
      await budgets.take([
        ...claims,
        { rule: wrongPasswords, subject: username },
        { rule: wrongPasswordsHere, subject: [username, device] },
      ]);
    }
    return dataSource.manager.count(Budget);
  });
}
