import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { NewUser } from '../../src/users/users.repository.js';
import { UsersService } from '../../src/users/users.service.js';
import { onBothDatabases, type TestDatabase } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { everyWay, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

onBothDatabases('the user manager', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database });
  });
  afterAll(() => app.close());

  const make = async (kind: 'createUser' | 'createSuperuser', given: Partial<NewUser> = {}) => {
    const users = app.app.get(UsersService, { strict: false });
    const user = { ...(await users.prepare(somebody())), ...given };
    return app.app.get(UnitOfWork, { strict: false }).run((manager) => users[kind](manager, user));
  };
  const refusal = (detail: string) => {
    const fields = [expect.objectContaining({ detail }) as object];
    return { code: 'validation_failed', params: { fields } };
  };

  it('createUser needs a phone number', async () => {
    await expect(make('createUser', { phoneNumber: null })).rejects.toMatchObject(
      refusal('The given phone number must be set'),
    );
  });

  it('createUser makes no superuser, and asks for another password at the first log-in', async () => {
    expect(await make('createUser')).toMatchObject({
      isSuperuser: false,
      isStaff: false,
      changePw: true,
      phoneNumberVerified: false,
    });
  });

  it('createSuperuser makes staff and superuser', async () => {
    expect(await make('createSuperuser')).toMatchObject({
      isSuperuser: true,
      isStaff: true,
      changePw: false,
    });
  });

  it('createSuperuser refuses to make less', async () => {
    const [superuser, staff] = [
      refusal('Superuser must have is_superuser=True.'),
      refusal('Superuser must have is_staff=True.'),
    ];
    await expect(make('createSuperuser', { isSuperuser: false })).rejects.toMatchObject(superuser);
    await expect(make('createSuperuser', { isStaff: false })).rejects.toMatchObject(staff);
  });
});

everyWay('after a restart', ({ database, person }) => {
  let kept: TestDatabase;
  let app: TestApp;
  beforeEach(async () => {
    kept = await migratedDatabase(database);
    app = await startApp({ use: kept });
  });
  afterEach(async () => {
    await app.close();
    await kept.drop();
  });

  it('a session goes on, and an open challenge takes its code', async () => {
    const form = somebody();
    const alice = person(app.url);
    await alice.register(form);
    const code = app.codeFor(form.phoneNumber);
    await app.close();
    app = await startApp({ use: kept });
    const back = alice.at(app.url);
    expect(await back.where()).toBe('confirmation_required');
    expect(await back.confirm(code)).not.toHaveProperty('error');
    await app.close();
    app = await startApp({ use: kept });
    expect(await back.at(app.url).where()).toBe('active');
    expect(await person(app.url).logIn(form.username, form.password)).not.toHaveProperty('error');
  });
});
