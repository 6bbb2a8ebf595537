import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { ChallengesRepository } from '../../src/phone-verification/challenges.repository.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

describe('the embedded database: one connection for all requests, one writer for all processes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function newcomer() {
    const person = new ApiPerson(app.url);
    const form = somebody();
    await person.register(form);
    return { person, form };
  }

  /** Another process takes the lock; the result lets it go. */
  async function lock(): Promise<() => Promise<void>> {
    const file = app.database.url.slice('sqlite:'.length);
    const holder = spawn(process.execPath, [path.resolve('test/support/hold-lock.mjs'), file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    return async () => {
      holder.stdin.write('go\n');
      await once(holder, 'exit');
    };
  }

  it('a spent try stays spent when a neighbour rolls back', async () => {
    const { form } = await newcomer();
    const challenge = await app.db
      .getRepository(Challenge)
      .findOneByOrFail({ phoneNumber: form.phoneNumber });
    const unit = app.app.get(UnitOfWork, { strict: false });
    let breakDown = () => {};
    const broken = new Promise<void>((resolve) => (breakDown = resolve));
    const neighbour = unit.run(async (manager) => {
      await manager.update(User, { username: form.username }, { fullName: 'Undone' });
      await broken;
      throw new Error('rolls back');
    });
    const challenges = app.app.get(ChallengesRepository, { strict: false });
    const spent = unit.write((manager) =>
      manager.withRepository(challenges).spendTry(challenge.id, app.clock.now()),
    );
    for (let turns = 0; turns < 50; turns += 1) await turn();
    breakDown();
    await expect(neighbour).rejects.toThrow('rolls back');
    expect(await spent).toBe(true);
    expect(
      await app.db.getRepository(Challenge).findOneByOrFail({ id: challenge.id }),
    ).toMatchObject({ attemptsLeft: 4 });
    expect(
      await app.db.getRepository(User).findOneByOrFail({ username: form.username }),
    ).toMatchObject({ fullName: '' });
  });

  it('a write waits for a lock that is let go, and succeeds', async () => {
    const { person, form } = await newcomer();
    const release = await lock();
    const confirming = person.confirm(app.codeFor(form.phoneNumber));
    // Reading goes on meanwhile.
    expect(await person.twin().where()).toBe('confirmation_required');
    await release();
    expect(await confirming).toMatchObject({ status: 200 });
  });

  it('a lock that lasts: busy for all, nothing is lost, and it goes on afterwards', async () => {
    const { person, form } = await newcomer();
    const release = await lock();
    const answers = await Promise.all([
      person.confirm(app.codeFor(form.phoneNumber)),
      new PagePerson(app.url).register(somebody()),
      ...Array.from({ length: 6 }, () => new ApiPerson(app.url).register(somebody())),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(503));
    expect(answers[0]).toMatchObject({ error: 'busy', retryAfter: 2 });
    expect(await person.where()).toBe('confirmation_required');
    await release();
    expect(await person.confirm(app.codeFor(form.phoneNumber))).toMatchObject({ status: 200 });
  });
});
