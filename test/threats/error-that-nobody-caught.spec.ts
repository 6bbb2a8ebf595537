import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { Installation } from '../cli/installation.js';
import { BuiltServer, withBuiltServer } from '../support/built-server.js';

withBuiltServer('an error that nobody caught, in a real process', () => {
  const place = new Installation();
  afterAll(() => place.remove());

  it.each([
    ['a rejection', 'Promise.reject(new TypeError("words"))', 'unhandledRejection'],
    ['an exception', 'setImmediate(() => { throw new TypeError("words"); })', 'uncaughtException'],
  ])(
    '%s: told with its stack, then an orderly end with status 1',
    async (_what, failing, origin) => {
      const script = `data:text/javascript,process.on('SIGUSR2', function fail() { ${failing}; })`;
      const server = await BuiltServer.start({
        environment: place.environment,
        node: ['--import', script],
      });
      const output = text(server.child.stdout as Readable);
      expect(await server.end('SIGUSR2')).toBe(1);
      const printed = (await output).split('\n').filter((line) => line.startsWith('{'));
      const lines = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
      const told = lines.find(({ msg }) => msg === 'Nobody caught an error: Ringback ends.');
      expect(told).toMatchObject({ origin, error: 'TypeError' });
      expect(JSON.stringify(told)).toMatch(/at .+data:text\/javascript/);
      expect(lines.at(-1)).toMatchObject({ msg: 'Ringback ended.', status: 1 });
    },
  );
});
