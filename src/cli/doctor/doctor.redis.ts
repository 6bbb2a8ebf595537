import { inTime } from '../../common/net/in-time.js';
import type { Settings } from '../../config/settings.js';
import type { Finding } from './doctor.finding.js';

const subject = 'REDIS_URL';
/** Milliseconds. */
const LINGER = 50;

/**
 * Whether Redis answers within `patience` milliseconds; nothing where none is used. Changes nothing
 * in it.
 */
export async function askRedis(
  { redisUrl }: Pick<Settings, 'redisUrl'>,
  patience: number,
): Promise<Finding[]> {
  if (redisUrl === null) return [];
  const { Redis } = await import('ioredis');
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: patience,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    // ioredis waits that long for a closed connection to be gone, and the command would with it.
    disconnectTimeout: LINGER,
  });
  let reason = 'no answer';
  client.on('error', (error: Error) => (reason = wordOf(error)));
  try {
    const answer = await inTime(
      client.connect().then(() => client.ping()),
      patience,
    );
    if (answer !== null) return [{ subject, isGood: true, sentence: 'It answers.' }];
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') reason = wordOf(error);
  } finally {
    client.disconnect();
  }
  return [
    {
      subject,
      isGood: false,
      sentence: `It cannot be used (${reason}): each instance counts requests for itself.`,
    },
  ];
}

/**
 * `ECONNREFUSED`, or the word Redis begins a refusal with: `WRONGPASS`. Not its message: that may
 * name a host and a user.
 */
const wordOf = (error: NodeJS.ErrnoException): string =>
  error.code ?? /^[A-Z]+\b/.exec(error.message)?.[0] ?? error.name;
