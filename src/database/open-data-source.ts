import { connect } from 'node:net';
import type { DataSource } from 'typeorm';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions.js';
import { AppError } from '../common/errors/app-error.js';
import { seconds } from '../common/clock.js';
import { inTime } from '../common/net/in-time.js';
import type { MysqlAddress } from '../config/database-url.js';
import { SettingsError } from '../config/settings-error.js';
import { cannotBeOpened, codeOf, kindOf } from './database-errors.js';

type Where = Omit<MysqlAddress, 'password'>;

/**
 * Milliseconds for a connection and the first question; the driver gives up a connection after 3 s.
 */
const LONGEST_WAIT = seconds(10);

/**
 * Opens a database that the settings name. Throws SettingsError with a sentence when it cannot be
 * opened; the driver's error when that may pass by itself (a lock, a crowd).
 */
export async function openDataSource(dataSource: DataSource): Promise<DataSource> {
  const { options } = dataSource;
  if (options.type === 'mysql' && !options.database)
    throw new SettingsError([
      'DATABASE_URL: names no database; mysql://user:password@host:3306/name',
    ]);
  try {
    const opened = await inTime(dataSource.initialize(), LONGEST_WAIT);
    if (opened === null)
      throw Object.assign(new Error('The database did not answer in time.'), { code: 'ETIMEDOUT' });
    return opened;
  } catch (error) {
    if (error instanceof SettingsError || error instanceof AppError) throw error;
    // Whatever else MySQL's driver meets before the first statement, it is not what it expects of a
    // server.
    if (!cannotBeOpened(error) && !(options.type === 'mysql' && kindOf(error) === 'ours'))
      throw error;
    const why = options.type === 'mysql' ? await whyMysql(error, address(options)) : whyFile(error);
    throw new SettingsError([`DATABASE_URL: ${why}`]);
  }
}

const address = ({
  host = '',
  port = 0,
  username = '',
  database = '',
}: MysqlDataSourceOptions): Where => ({
  host,
  port,
  username,
  database,
});

const whyFile = (error: unknown): string =>
  `the database cannot be opened (${codeOf(error)}). Check that the file is a database, and that it may be written to`;

async function whyMysql(error: unknown, where: Where): Promise<string> {
  const { host, port, username, database } = where;
  const at = `${host}:${port}`;
  const code = codeOf(error);
  const kind = kindOf(error);
  if (code === 'ER_BAD_DB_ERROR')
    return `the server at ${at} has no database named ${database} (${code})`;
  if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR')
    return `the server at ${at} does not let the user ${username} in (${code}). Check user and password, and the grants`;
  if (code.startsWith('HANDSHAKE_'))
    return `the server at ${at} does not prove itself (${code}). See DATABASE_TLS`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `no host named ${host} is known (${code})`;
  if (code === 'ECONNREFUSED') return `nothing listens at ${at} (${code})`;
  if (kind !== 'gone' && kind !== 'timed_out' && kind !== 'ours')
    return `the server at ${at} refuses (${code})`;
  return (await isThere(where))
    ? `what answers at ${at} is no MySQL or MariaDB, or is ill (${code || kind})`
    : `${at} does not answer (${code || kind})`;
}

/** Whether anything at all takes a connection there. */
function isThere({ host, port }: Where): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: seconds(1) });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}
