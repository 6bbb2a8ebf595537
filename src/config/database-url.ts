/** Where a MySQL server is, and as whom to go there. */
export interface MysqlAddress {
  host: string;
  port: number;
  username: string;
  password: string;
  database: string;
}

const DEFAULT_PORT = 3306;
const NO_ADDRESS = 'DATABASE_URL: must be mysql://user:password@host:3306/name';
/** Nothing of the address in it: a password may be in any part of what cannot be read. */
const UNREADABLE =
  'DATABASE_URL: cannot be read. Encode what is no letter and no digit in user and password: % as %25, @ as %40, / as %2F, ' +
  '# as %23, ? as %3F';

/** What is wrong with a `mysql://` address, or undefined. */
export function databaseUrlProblem(url: string): string | undefined {
  try {
    const { host, database } = mysqlAddress(url);
    return host === '' || database.includes('/') ? NO_ADDRESS : undefined;
  } catch {
    return UNREADABLE;
  }
}

/** The parts of a `mysql://` address, decoded. Throws for one that cannot be read. */
export function mysqlAddress(text: string): MysqlAddress {
  const url = new URL(text);
  if (url.hash !== '') throw new TypeError('A # that is not encoded');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || DEFAULT_PORT,
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}
