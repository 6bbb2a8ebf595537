import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { askRedis } from './doctor.redis.js';

describe('askRedis', () => {
  it('waits no longer than it may for one that takes the connection and says nothing', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const redisUrl = `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await askRedis({ redisUrl }, 100)).toEqual([
      {
        subject: 'REDIS_URL',
        isGood: false,
        sentence: 'It cannot be used (no answer): each instance counts requests for itself.',
      },
    ]);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('says nothing where none is used', async () => {
    expect(await askRedis({ redisUrl: null }, 100)).toEqual([]);
  });
});
