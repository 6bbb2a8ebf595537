import { hours, minutes } from '../../src/common/clock.js';
import { Budgets, type Claim } from '../../src/rate-limit/budgets.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { atMost } from '../../src/rate-limit/rules.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';

const always = { always: true };
const ten = atMost(10, hours(1), 'ten', always);
const three = atMost(3, hours(1), 'three', always);
const soft = atMost(1, hours(1), 'soft');

onBothDatabases('budgets', (database) => {
  let app: TestApp;
  let budgets: Budgets;
  let subjects = 0;
  const somebody = () => `subject ${++subjects}`;
  const isTaken = async (...claims: Claim[]) => (await budgets.take(claims)).refusal === null;

  beforeAll(async () => {
    app = await startApp({ database });
    budgets = app.app.get(Budgets, { strict: false });
  });
  afterAll(() => app.close());

  it('are exact under 50 parallel takes', async () => {
    const claim = { rule: ten, subject: somebody() };
    const taken = await Promise.all(Array.from({ length: 50 }, () => isTaken(claim)));
    expect(taken.filter(Boolean)).toHaveLength(10);
  });

  it('are taken all or none', async () => {
    const [large, small] = [
      { rule: ten, subject: somebody() },
      { rule: three, subject: somebody() },
    ];
    const taken = await Promise.all(Array.from({ length: 20 }, () => isTaken(large, small)));
    expect(taken.filter(Boolean)).toHaveLength(3);
    const left = await Promise.all(Array.from({ length: 20 }, () => isTaken(large)));
    expect(left.filter(Boolean)).toHaveLength(7);
  });

  it('name the limit that refuses longest, and until when', async () => {
    const subject = somebody();
    for (let i = 0; i < 3; i += 1) await budgets.take([{ rule: three, subject }]);
    const { refusal } = await budgets.take([
      { rule: ten, subject },
      { rule: three, subject },
    ]);
    expect(refusal).toMatchObject({
      limit: 'three',
      until: new Date(app.clock.now().getTime() + hours(1)),
      isEnforced: true,
    });
  });

  it('are given back, and fill again with time', async () => {
    const claim = { rule: three, subject: somebody() };
    for (let i = 0; i < 3; i += 1) await budgets.take([claim]);
    await budgets.giveBack([claim]);
    expect([await isTaken(claim), await isTaken(claim)]).toEqual([true, false]);
    app.clock.advance(hours(1) + minutes(1));
    expect(await isTaken(claim)).toBe(true);
  });

  it('count different members, each once however often and however parallel it comes', async () => {
    const subject = somebody();
    const of = (member: string) => ({ rule: three, subject, member });
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, index) => isTaken(of(`member ${index % 2}`))),
    );
    expect(taken).toEqual(Array(40).fill(true));
    expect([await isTaken(of('member 2')), await isTaken(of('member 3'))]).toEqual([true, false]);
    expect(await isTaken(of('member 0'))).toBe(false);
  });

  it('let a member go with the last of its tries that is given back', async () => {
    const subject = somebody();
    const of = (member: string) => ({ rule: three, subject, member });
    for (const member of ['a', 'a', 'b', 'c']) await budgets.take([of(member)]);
    await budgets.giveBack([of('a')]);
    expect(await budgets.refusedUntil(of('d'))).not.toBeNull();
    await budgets.giveBack([of('a')]);
    await budgets.giveBack([of('a')]);
    expect([await isTaken(of('d')), await isTaken(of('e'))]).toEqual([true, false]);
  });

  it('only record a refusal of a rule that is not always held, where the settings say so', async () => {
    const claim = { rule: soft, subject: somebody() };
    await budgets.take([claim]);
    expect(await budgets.take([claim])).toMatchObject({
      refusal: null,
      recorded: { limit: 'soft' },
    });
  });

  it('forget a subject with all its parts, and no other', async () => {
    const [alice, bob] = [somebody(), somebody()];
    const claims: Claim[] = [alice, bob].map((who) => ({ rule: soft, subject: [who, 'home'] }));
    await budgets.take(claims);
    await budgets.clearAll(soft, alice);
    const counts = await Promise.all(
      claims.map(async (claim) => (await budgets.refusedUntil(claim)) !== null),
    );
    expect(counts).toEqual([false, true]);
  });

  it('store no subject as it is, and go when they have expired', async () => {
    await budgets.take([{ rule: soft, subject: '+14155550100' }]);
    const keys = (await app.db.getRepository(Budget).find()).map(({ key }) => key);
    expect(keys.join('\n')).not.toContain('4155550100');
    app.clock.advance(hours(2));
    await budgets.deleteExpired();
    expect(await app.db.getRepository(Budget).count()).toBe(0);
  });
});
