import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApiPerson } from '../support/api-person.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { somebody } from '../support/people.js';
import { startWatched } from '../support/watched-provider.js';

describe('graceful shutdown', () => {
  it('lets a request in flight finish, and refuses new ones', async () => {
    const use = await migratedDatabase('SQLite');
    const app = await startWatched({ use });
    let letGo = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      app.provider.beforeStart = () => {
        resolve();
        return new Promise<void>((go) => (letGo = go));
      };
    });
    const slow = new ApiPerson(app.url).register(somebody());
    await arrived;

    const closed = app.close();
    const server = app.app.getHttpServer();
    // What waits in memory is written first.
    while (server.listening) await nextTurn();
    await expect(new ApiPerson(app.url).register(somebody())).rejects.toThrow();
    letGo();

    expect(await slow).toEqual({ status: 201 });
    await closed;
    await use.drop();
  });
});
