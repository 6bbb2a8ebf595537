import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { User } from '../../src/users/user.entity.js';
import { Installation } from '../cli/installation.js';
import { ApiPerson } from '../support/api-person.js';
import { BuiltServer, freePort, SERVER, withBuiltServer } from '../support/built-server.js';
import { somebody } from '../support/people.js';

withBuiltServer('the file of the embedded database: one whole file of one server', () => {
  const place = new Installation();
  let server: BuiltServer;
  let lines = '';
  const start = async () => {
    server = await BuiltServer.start({ environment: place.environment });
    server.child.stdout?.on('data', (chunk: Buffer) => (lines += chunk.toString()));
  };
  beforeAll(start);
  afterAll(async () => {
    await server.end();
    place.remove();
  });

  const usernames: string[] = [];
  const register = async () => {
    const form = somebody();
    expect(await new ApiPerson(server.url).register(form)).toMatchObject({ status: 201 });
    usernames.push(form.username);
  };
  const kept = async () => (await place.rows(User)).map(({ username }) => username);
  const readiness = async () => (await fetch(`${server.url}/health/ready`)).status;

  it('a second server refuses to start and names the first; commands work beside it', async () => {
    const env = { PATH: process.env['PATH'], ...place.environment, PORT: String(await freePort()) };
    const second = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const [said] = await Promise.all([text(second.stderr), once(second, 'exit')]);
    expect(second.exitCode).toBe(78);
    expect(said).toContain(`is served already, by process ${server.child.pid}`);
    expect(await place.run('purge')).toMatchObject({ status: 0 });
    await register();
  });

  it.each(['deleted', 'replaced'])(
    'while its file is %s nothing is acknowledged, and it is not ready',
    async (what) => {
      lines = '';
      renameSync(place.file, `${place.file}.moved`);
      if (what === 'replaced') copyFileSync(`${place.file}.moved`, place.file);
      expect(await new ApiPerson(server.url).register(somebody())).toMatchObject({ status: 503 });
      expect(await readiness()).toBe(503);
      while (!lines.includes('was deleted or replaced while it is open'))
        await once(server.child.stdout!, 'data');
      renameSync(`${place.file}.moved`, place.file);
      await register();
      expect(await readiness()).toBe(200);
    },
  );

  it("a server that was killed is in nobody's way; ended in order, it leaves one whole file", async () => {
    await server.end('SIGKILL');
    await start();
    await register();
    expect(await server.end()).toBe(0);
    copyFileSync(place.file, `${place.file}.copy`);
    for (const end of ['', '-wal', '-shm']) rmSync(place.file + end, { force: true });
    renameSync(`${place.file}.copy`, place.file);
    expect(await kept()).toEqual(expect.arrayContaining(usernames));
  });
});
