import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { Checkout } from './checkout.js';

describe('what is in the way of a start is said before anything is built', () => {
  const checkout = new Checkout();
  afterEach(() => expect(existsSync(checkout.at('builds'))).toBe(false));
  afterAll(() => checkout.remove());

  const refused = (sentence: string, status = 78) => ({
    status,
    stderr: `Ringback cannot start:\n  ${sentence}\n`,
  });

  const ranges = ['>=99.0.0', '^19.1.0 || ^98.0.0', '^20.99.0 || ^22.99.0 || ^24.99.0 || >=98.7.6'];
  it.each(ranges)('Node, where %s is promised', (range) => {
    checkout.promise(range);
    for (const script of ['start', 'ringback', 'build']) {
      const sentence = `It needs Node.js ${range.replaceAll('||', 'or')}; this is ${process.versions.node}.`;
      expect(checkout.run(script)).toMatchObject(refused(sentence, 1));
    }
    checkout.promise('>=20.0.0');
  });

  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    checkout.write('.env', `PORT=${port}`);
    const sentence = `Another process already listens at 127.0.0.1:${port}. End it, or set another PORT.`;
    expect(checkout.run('start', { PORT: undefined })).toMatchObject(refused(sentence, 1));
    other.close();
    rmSync(checkout.at('.env'));
  });

  it.each(['abc', '65536', '-1', '80.5'])('PORT=%s', (port) => {
    const sentence = `PORT: must be a whole number from 0 to 65535, not ${port}`;
    expect(checkout.run('start', { PORT: port })).toMatchObject(refused(sentence));
  });

  it('a HOST that is not this machine', () =>
    expect(checkout.run('start', { HOST: '192.0.2.1' })).toMatchObject(
      refused('HOST: 192.0.2.1 is no address of this machine (EADDRNOTAVAIL)'),
    ));

  it('folders that cannot be written, by their path', () => {
    mkdirSync(checkout.at('var'));
    chmodSync(checkout.at('var'), 0o555);
    expect(checkout.runAsNobody('start')).toMatchObject(
      refused(`DATABASE_URL: the folder ${checkout.at('var')} cannot be written by this user`),
    );
    const deep = checkout.runAsNobody('start', { DATABASE_URL: 'sqlite:./var/deep/er/db' });
    const why = `${checkout.at('var')} cannot be written by this user`;
    expect(deep).toMatchObject(
      refused(`DATABASE_URL: the folder ${checkout.at('var/deep/er')} cannot be made: ${why}`),
    );
    chmodSync(checkout.root, 0o555);
    expect(checkout.runAsNobody('start', { DATABASE_URL: 'sqlite::memory:' })).toMatchObject(
      refused(
        `the folder ${checkout.at('builds')} cannot be made: ${checkout.root} cannot be written by this user`,
        1,
      ),
    );
    chmodSync(checkout.root, 0o755);
  });

  it('a folder that is a file', () =>
    expect(checkout.run('start', { DATABASE_URL: 'sqlite:./package.json/db' })).toMatchObject(
      refused(
        `DATABASE_URL: the folder ${checkout.at('package.json')} cannot be written by this user`,
      ),
    ));

  it('packages that were not installed', () => {
    rmSync(checkout.at('node_modules'), { recursive: true });
    expect(checkout.run('start')).toMatchObject(
      refused('Its packages are not installed. Run "npm ci" first.', 1),
    );
  });
});
