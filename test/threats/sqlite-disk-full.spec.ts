import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { seconds } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { testFolder } from '../support/folder.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

/** A disk of a few megabytes; null where the machine lets us mount none. */
function smallDisk(): string | null {
  const folder = testFolder('disk');
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'ringback-test', folder], {
    stdio: 'ignore',
  });
  return status === 0 ? folder : null;
}

const disk = smallDisk();

(disk === null ? describe.skip : describe)(
  'the disk of the embedded database is full (needs a mount)',
  () => {
    let app: TestApp;
    const ballast = path.join(disk ?? '', 'ballast');
    beforeAll(async () => {
      app = await startApp({
        use: { url: `sqlite:${disk}/ringback.sqlite`, drop: () => Promise.resolve() },
      });
    });
    afterAll(async () => {
      await app.close();
      execFileSync('umount', ['-l', disk ?? '']);
    });

    const ready = async () => {
      app.clock.advance(seconds(6));
      return (await fetch(`${app.url}/health/ready`)).status;
    };
    function fill() {
      for (let size = 2 ** 20, at = 0; size >= 1; size /= 2)
        for (let isRoom = true; isRoom; at += 1)
          try {
            writeFileSync(`${ballast}${at}`, Buffer.alloc(size));
          } catch {
            isRoom = false;
          }
      return () => execFileSync('sh', ['-c', 'rm -f "$0"*', ballast]);
    }

    it('writes are busy and say why, reads go on, it is not ready; with room again all goes on by itself', async () => {
      const alice = new PagePerson(app.url);
      const form = somebody();
      await alice.register(form);
      await alice.confirm(app.codeFor(form.phoneNumber));
      await app.audited();
      expect(await ready()).toBe(200);
      const makeRoom = fill();
      const late = somebody();
      expect(await new ApiPerson(app.url).register(late)).toMatchObject({
        status: 503,
        error: 'busy',
        retryAfter: 2,
      });
      expect(await alice.where()).toBe('active');
      expect(await ready()).toBe(503);
      const lines = app.logs.join('');
      expect(lines).toMatch(
        /"msg":"Requests are answered 503\.","cause":"database_full","code":"SQLITE_FULL"/,
      );
      expect(lines).toMatch(/"msg":"Not ready\.","cause":"database_full"/);
      expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(
        /ringback_unavailable_total\{cause="database_full",code="SQLITE_FULL"\} [1-9]/,
      );
      makeRoom();
      expect(await new ApiPerson(app.url).register(late)).toMatchObject({ status: 201 });
      expect(await ready()).toBe(200);
      expect(await alice.where()).toBe('active');
    });
  },
);
