import { cannotBeOpened, unavailable } from './database-errors.js';

const coded = (code: string) => Object.assign(new Error('Something of the driver'), { code });

describe('errors of the database', () => {
  it.each([
    'ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'SQLITE_FULL',
  ])('%s is busy, and names no open database', (code) => {
    expect(unavailable(coded(code))).toMatchObject({ code: 'busy', params: { retryAfter: 2 } });
    expect(cannotBeOpened(coded(code))).toBe(true);
  });

  it.each(['SQLITE_BUSY', 'SQLITE_LOCKED_SHAREDCACHE', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'])(
    '%s is busy, though the database is there',
    (code) => {
      expect(unavailable(coded(code))).toMatchObject({ code: 'busy' });
      expect(cannotBeOpened(coded(code))).toBe(false);
    },
  );

  it.each(['Queue limit reached.', 'Pool is closed.', "Can't add new command when connection is in closed state"])(
    '"%s", which has no code, is busy',
    (message) => {
      expect(unavailable(new Error(message))).toMatchObject({ code: 'busy' });
    },
  );

  it.each(['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'EACCES'])(
    '%s does not pass: no database to open, and nothing to try again',
    (code) => {
      expect(cannotBeOpened(coded(code))).toBe(true);
      expect(unavailable(coded(code))).toBeUndefined();
    },
  );

  it('other errors are their own', () => {
    expect(unavailable(coded('ER_DUP_ENTRY'))).toBeUndefined();
    expect(unavailable(undefined)).toBeUndefined();
  });
});
