import { DataSource } from 'typeorm';
import { loadSettings } from '../../src/load-settings.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';

const server = process.env['TEST_MYSQL_URL'];
const there = server ? describe : describe.skip;
const SECRET_KEY = 'k'.repeat(32);

/**
 * The test server offers no TLS, or (from MariaDB 11.4 on) a certificate that nobody vouches for.
 */
there('MySQL by TLS (MariaDB)', () => {
  const open = async (tls: 'on' | 'off') => {
    const url = server?.replace('127.0.0.1', 'localhost');
    const { database } = loadSettings({ SECRET_KEY, DATABASE_URL: url, DATABASE_TLS: tls });
    const dataSource = await new DataSource(dataSourceOptions(database, [])).initialize();
    await dataSource.destroy();
  };

  it('DATABASE_TLS=on: nothing is said to a server that does not prove itself', () =>
    expect(open('on')).rejects.toMatchObject({
      code: expect.stringMatching(/^HANDSHAKE_/) as string,
    }));

  it('DATABASE_TLS=off: it is taken as it is', () => expect(open('off')).resolves.toBeUndefined());

  it('a certificate is held against a name, so an address is refused', () =>
    expect(() =>
      loadSettings({ SECRET_KEY, DATABASE_URL: 'mysql://root@192.0.2.1/x', DATABASE_TLS: 'on' }),
    ).toThrow('DATABASE_TLS: needs a host name'));
});
