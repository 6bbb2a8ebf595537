import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { endingOf } from './sentence-of.js';

describe('a server that cannot listen', () => {
  const refusal = async (options: { host: string; port: number }) => {
    const server = createServer();
    const [error] = (await once(server.listen(options), 'error')) as unknown[];
    return endingOf(error);
  };

  it('names the address that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const sentence = `Another process already listens at 127.0.0.1:${port}. End it, or set another PORT.`;
    expect(await refusal({ host: '127.0.0.1', port })).toEqual({ status: 1, lines: [sentence] });
    other.close();
  });

  it('names the address that is not its own', async () => {
    const sentence =
      'This process cannot listen at 192.0.2.1:4000 (EADDRNOTAVAIL). Check HOST and PORT.';
    expect(await refusal({ host: '192.0.2.1', port: 4000 })).toEqual({
      status: 78,
      lines: [sentence],
    });
  });
});
