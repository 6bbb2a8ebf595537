import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Checkout } from './checkout.js';

describe('what npm start and npm run ringback build', () => {
  let checkout: Checkout;
  beforeEach(() => (checkout = new Checkout()));
  afterEach(() => checkout.remove());
  const folders = () =>
    readdirSync(checkout.at('builds')).filter((name) => /^[0-9a-f]{16}$/.test(name));

  it('is built once, whatever the times of the files say', () => {
    expect(checkout.run('ringback')).toMatchObject({
      status: 0,
      stdout: 'one\n',
      stderr: 'Building …\n',
    });
    utimesSync(checkout.at('src/cli.js'), 4e9, 4e9);
    checkout.write('src/cli.spec.ts', 'a test');
    expect(checkout.run('ringback')).toEqual({ status: 0, stdout: 'one\n', stderr: '' });
    expect(checkout.run('build')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(checkout.builds).toBe(1);
  });

  it('is built again after a change of a source or of what is installed, and after a removal', () => {
    checkout.run('build');
    const changes = [
      () => checkout.write('src/cli.js', "console.log('two')"),
      () => checkout.write('src/a folder/a style.css', 'p {}'),
      () => checkout.write('package-lock.json', '{}'),
      () => rmSync(checkout.at('src/a folder'), { recursive: true }),
    ];
    changes.forEach((change, at) => {
      change();
      expect(checkout.run('ringback')).toMatchObject({ status: 0, stdout: 'two\n' });
      expect(checkout.builds).toBe(at + 2);
    });
  });

  it('is one build for two that start at once', async () => {
    const both = [checkout.start('ringback'), checkout.start('ringback')];
    expect(await Promise.all(both.map(({ stdout }) => text(stdout!)))).toEqual(['one\n', 'one\n']);
    expect(checkout.builds).toBe(1);
  });

  it('stays as it is where the next build fails', () => {
    checkout.run('build');
    const { last } = checkout;
    checkout.write('src/broken.js', '');
    const { status, stdout, stderr } = checkout.run('start');
    expect([status, stdout, checkout.last]).toEqual([1, '', last]);
    expect(stderr).toBe(
      'Building …\nRingback cannot start:\n  It could not be built. What was built before stays as it is.\n',
    );
  });

  it('is kept for a running server, and removed once nobody uses it', async () => {
    const server = checkout.start('start');
    const said = text(server.stdout!);
    await once(server.stdout!, 'data');
    for (const word of ['two', 'three', 'four']) {
      checkout.write('src/cli.js', `console.log('${word}')`);
      expect(checkout.run('ringback').stdout).toBe(`${word}\n`);
    }
    server.stdin!.write('go on\n');
    expect(await said).toBe('serves\nlate\n');
    if (server.exitCode === null) await once(server, 'exit');
    expect(folders()).toHaveLength(3);
    checkout.write('src/cli.js', "console.log('five')");
    checkout.run('build');
    expect(folders()).toHaveLength(2);
  }, 20_000);

  it('takes the place of what an older release left in dist', () => {
    mkdirSync(checkout.at('dist/src'), { recursive: true });
    expect(checkout.run('ringback')).toMatchObject({ status: 0, stdout: 'one\n' });
  });

  it('is all that has to be deployed', () => {
    checkout.run('build');
    renameSync(checkout.at('src'), checkout.at('elsewhere'));
    expect(checkout.run('ringback')).toEqual({ status: 0, stdout: 'one\n', stderr: '' });
  });
});
