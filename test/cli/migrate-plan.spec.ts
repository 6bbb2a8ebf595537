import { migrations } from '../../src/database/migrations/index.js';
import { freshDatabase, onBothDatabases, type TestDatabase } from '../support/databases.js';
import { Installation } from './installation.js';

onBothDatabases('ringback migrate --plan', (kind) => {
  const installation = new Installation();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(async () => {
    installation.remove();
    await database.drop();
  });

  const run = (command: string) => installation.run(command, { DATABASE_URL: database.url });

  it('tells in order what would run, and changes nothing', async () => {
    const plan = {
      status: 0,
      output: migrations.map(({ name }) => `Would migrate: ${name}\n`).join(''),
      error: '',
    };
    expect(await run('migrate --plan')).toEqual(plan);
    expect(await run('migrate --plan')).toEqual(plan);
  });

  it('has nothing to tell once that has run', async () => {
    expect(await run('migrate')).toMatchObject({ status: 0 });
    expect(await run('migrate --plan')).toEqual({
      status: 0,
      output: 'Nothing to migrate.\n',
      error: '',
    });
  });
});
