import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { AppError } from '../common/errors/app-error.js';
import { cannotBeOpened, isDuplicate, kindOf, troubleOf, unavailable } from './database-errors.js';
import { MYSQL_ERRORS } from './mysql/mysql-errors.js';

const coded = (code: string) => Object.assign(new Error('Something of the driver'), { code });
/** As mysql2 makes it of a server's answer. */
const numbered = (errno: number, message = 'Something of the server', sqlState = 'HY000') =>
  Object.assign(new Error(message), { errno, sqlState, code: undefined });

describe('errors of the database', () => {
  it.each([
    ['ECONNREFUSED', 'gone'],
    ['EAI_AGAIN', 'gone'],
    ['EHOSTUNREACH', 'gone'],
    ['PROTOCOL_CONNECTION_LOST', 'gone'],
    ['ETIMEDOUT', 'timed_out'],
    ['ER_SERVER_SHUTDOWN', 'gone'],
    ['ER_ACCESS_DENIED_ERROR', 'refused'],
    ['ER_OPTION_PREVENTS_STATEMENT', 'read_only'],
    ['ER_UNKNOWN_COM_ERROR', 'read_only'],
    ['ER_CON_COUNT_ERROR', 'exhausted'],
    ['ER_USER_LIMIT_REACHED', 'exhausted'],
    ['ER_RECORD_FILE_FULL', 'full'],
    ['SQLITE_FULL', 'full'],
    ['SQLITE_IOERR_FSYNC', 'broken'],
    ['SQLITE_READONLY_DBMOVED', 'read_only'],
    ['SQLITE_CORRUPT', 'broken'],
  ])('%s is busy (%s), and names no open database', (code, kind) => {
    expect(unavailable(coded(code))).toMatchObject({ code: 'busy', params: { retryAfter: 2 } });
    expect(troubleOf(coded(code))).toEqual({ kind, code });
    expect(cannotBeOpened(coded(code))).toBe(true);
  });

  it.each([
    ['SQLITE_BUSY', 'locked'],
    ['SQLITE_LOCKED_SHAREDCACHE', 'locked'],
    ['ER_LOCK_WAIT_TIMEOUT', 'locked'],
    ['ER_LOCK_DEADLOCK', 'conflict'],
    ['ER_QUERY_INTERRUPTED', 'interrupted'],
    ['ER_ERROR_DURING_COMMIT', 'uncommitted'],
  ])('%s is busy (%s), though the database is there', (code, kind) => {
    expect(unavailable(coded(code))).toMatchObject({ code: 'busy' });
    expect(troubleOf(coded(code))).toEqual({ kind, code });
    expect(cannotBeOpened(coded(code))).toBe(false);
  });

  it.each([
    ['Queue limit reached.', 'exhausted'],
    ['Pool is closed.', 'gone'],
    ["Can't add new command when connection is in closed state", 'gone'],
  ])('"%s", which has no code, is busy (%s)', (message, kind) => {
    expect(troubleOf(new Error(message))).toEqual({ kind, code: kind });
  });

  it.each(['SQLITE_NOTADB', 'EACCES', 'EISDIR'])('%s: no database to open', (code) => {
    expect(cannotBeOpened(coded(code))).toBe(true);
  });

  it.each([
    'ER_DUP_ENTRY',
    'ER_PARSE_ERROR',
    'SQLITE_CONSTRAINT_UNIQUE',
    'SQLITE_ERROR',
    'ER_NO_SUCH_TABLE',
  ])('%s is its own', (code) => {
    expect(unavailable(coded(code))).toBeUndefined();
  });

  it('what is no error of a driver is its own', () => {
    expect(unavailable(undefined)).toBeUndefined();
    expect(unavailable(new TypeError('x is not a function'))).toBeUndefined();
  });

  it('a number counts more than the name, which the driver takes from MySQL for MariaDB as well', () => {
    const error = Object.assign(numbered(4139, 'Index file full'), {
      code: 'ER_BULK_LOAD_DATA_FAILED',
    });
    expect(troubleOf(error)).toEqual({ kind: 'full', code: 'ER_INDEX_FILE_FULL' });
  });

  it('of a file that cannot be written, the reason is told: no room is not a fault of the disk', () => {
    expect(
      kindOf(numbered(1030, 'Got error 28 "No space left on device" from storage engine InnoDB')),
    ).toBe('full');
    expect(kindOf(numbered(3, "Error writing file '/tmp/x' (Errcode: 28)"))).toBe('full');
    expect(kindOf(numbered(1026, 'Error writing file \'x\' (errno: 5 "Input/output error")'))).toBe(
      'broken',
    );
    expect(kindOf(numbered(1062, "Duplicate entry 'No space left on device' for key 'x'"))).toBe(
      'constraint',
    );
    expect(kindOf(numbered(1064, 'near "No space left on device"'))).toBe('ours');
  });

  it.each([
    [5999, '40001', 'conflict'],
    [5999, '08S01', 'gone'],
    [5999, '42000', 'ours'],
    [1153, '08S01', 'ours'],
  ] as const)('an unknown number %i is told by its state %s: %s', (errno, state, kind) => {
    expect(kindOf(numbered(errno, '', state))).toBe(kind);
  });

  it("TypeORM's wrapping and our own are looked through", () => {
    const error = Object.assign(new Error('QueryFailedError'), { driverError: numbered(1836) });
    expect(troubleOf(unavailable(error))).toEqual({ kind: 'read_only', code: 'ER_READ_ONLY_MODE' });
    expect(troubleOf(new AppError('busy'))).toBeUndefined();
    expect(
      isDuplicate({
        driverError: numbered(1586, "Duplicate entry 'a' for key 'users_username_key'"),
      }),
    ).toBe(true);
  });
});

/** A server's own list of its errors: names to numbers. */
type List = ReadonlyMap<string, number>;

/**
 * Words in the names of errors that are likely the machine's; and words in those that our
 * statements cannot meet.
 */
const anyOf = (...words: string[]) => new RegExp(words.join('|'));
const OF_THE_MACHINE = anyOf(
  'READ_?ONLY',
  'DISK',
  '_FULL',
  'SHUTDOWN',
  'LOST',
  'INTERRUPT',
  'TIMEOUT',
  'KILLED',
  'DEADLOCK',
  'LIMIT_REACHED',
  'OFFLINE',
  'OUT_?OF_?(MEM|RES|FILE)',
  'ISNT_AVAIL',
  'CRASHED',
  'CAPACITY',
  'TOO_MANY_(USER|CONC)',
  'CON_COUNT',
  'DURING_COMMIT',
  'HOLD',
  'ABORTING',
  'NET_(READ|ERROR|WRITE|PACKETS)',
  'ACCESS_DENIED',
);
const NOT_IN_OUR_WAY = anyOf(
  'SLAVE',
  'REPLICA',
  'MASTER',
  'SOURCE',
  'CLONE',
  'REDO_LOG_ARCHIVE',
  'DEBUG_SYNC',
  'GROUP_REPLICATION',
  'PARTITION',
  'KEYRING',
  'VARIABLE_IS_READONLY',
  'TABLESPACE',
  'GRANT',
  'VERS_',
  'PERSIST',
  'FT_LIMIT',
  'THREADS?_TIMEOUT',
  'TIMER',
  'FULLTEXT',
  'SYS_VAR',
  'KILL_(DENIED|QUERY)',
  'PROCACCESS',
  'ACCESS_DENIED_FOR',
  'CURSOR',
  'RANGE_',
);

describe('the table of errors', () => {
  const kinds = Object.entries(MYSQL_ERRORS);
  const entries = kinds.flatMap(([kind, codes]) =>
    Object.entries(codes).map(([number, name]) => ({ kind, number: Number(number), name })),
  );
  const byNumber = new Map(entries.map(({ number, kind }) => [number, kind]));
  const mariadb = mariadbList();
  const lists: [string, List][] = [
    ['MySQL', mysqlList()],
    ...(mariadb ? [['MariaDB', mariadb] as [string, List]] : []),
  ];

  it('has each number once', () => {
    const numbers = entries.map(({ number }) => number);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });

  it.each(lists)('gives every error of %s one kind: its own, or ours', (_server, list) => {
    for (const number of list.values())
      expect(kindOf(numbered(number))).toBe(byNumber.get(number) ?? 'ours');
  });

  it('names every number as one of the servers does', () => {
    const isTheirs = (name: string) => lists.some(([, list]) => list.has(name));
    const strange = entries.filter(
      ({ number, name }) => isTheirs(name) && !lists.some(([, list]) => list.get(name) === number),
    );
    expect(strange).toEqual([]);
  });

  it.each(lists)('leaves out nothing of %s that sounds like the machine', (_server, list) => {
    const sounds = (name: string) =>
      OF_THE_MACHINE.test(name) && !NOT_IN_OUR_WAY.test(name) && !name.startsWith('HA_');
    expect([...list].filter(([name, number]) => !byNumber.has(number) && sounds(name))).toEqual([]);
  });
});

function mysqlList(): List {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('mysql2/package.json'));
  const codes = require(path.join(folder, 'lib/constants/errors.js')) as Record<string, unknown>;
  return new Map(
    Object.entries(codes).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

/** Of the server on this machine, if there is one. */
function mariadbList(): List | undefined {
  const file = ['/usr/share/mysql/errmsg-utf8.txt', '/usr/share/mariadb/errmsg-utf8.txt'].find(
    (one) => existsSync(one),
  );
  if (!file) return undefined;
  const list = new Map<string, number>();
  let number = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, jump] = /^(?:start|skip-to)-error-number\s+(\d+)/.exec(line) ?? [];
    const [name] = /^(?:ER|WARN|WARNING)_\w+/.exec(line) ?? [];
    if (jump) number = Number(jump);
    else if (name) list.set(name, number++);
  }
  return list;
}
