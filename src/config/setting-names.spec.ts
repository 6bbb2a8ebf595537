import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSettings } from '../load-settings.js';

const KEY = { SECRET_KEY: 'k'.repeat(40) };

describe('names that are nearly those of settings', () => {
  it.each([
    ['SESION_IDLE', 'SESSION_IDLE'],
    ['SESSOIN_IDLE', 'SESSION_IDLE'],
    ['session_idle', 'SESSION_IDLE'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['SECRET_KEYS', 'SECRET_KEY'],
    ['STAFF_TWO_FACTR', 'STAFF_TWO_FACTOR'],
    ['TRUSTED_PROXY', undefined],
    ['TRUSTED_PROXYS', 'TRUSTED_PROXIES'],
    ['TWILIO_ACCOUNT_SIDD', 'TWILIO_ACCOUNT_SID'],
  ])('%s is refused: did you mean %s', (name, meant) => {
    const load = () =>
      loadSettings({ ...(name === 'SECRET_KEYS' ? {} : KEY), [name]: 'a secret value' });
    if (meant === undefined) return expect(load).not.toThrow();
    expect(load).toThrow(`${name}: there is no such setting; did you mean ${meant}?`);
    expect(load).not.toThrow('a secret value');
  });

  it('are told together with whatever else is wrong', () =>
    expect(() => loadSettings({ ...KEY, PORT: 'abc', SESION_IDLE: '1h' })).toThrow(
      'PORT: must be a whole number from 0 to 65535\nSESION_IDLE: there is no such setting; did you mean SESSION_IDLE?',
    ));

  it.each([
    'HOSTNAME',
    'PATH',
    'HOSTS',
    'PORTS',
    'PWD',
    'HOME',
    'SHELL',
    'TERM',
    'ADMINS',
    'LANG',
    'LOGNAME',
    'NODE_OPTIONS',
    'NODE_PATH',
    'NODE_VERSION',
    'REDIS_PORT',
    'REDIS_TLS_URL',
    'AWS_DEFAULT_REGION',
    'AWS_PROFILE',
    'SECRET_KEY_BASE',
    'DATABASE_HOST',
    'SUPERUSER_PASSWORD',
    'npm_config_cache',
    'http_proxy',
    'host',
    'PUBLIC_KEY',
    'MYSQL_URL',
    'DOCKER_HOST',
    'HTTP_PROXY',
  ])('a name of somebody else is not: %s', (name) =>
    expect(() => loadSettings({ ...KEY, [name]: 'x' })).not.toThrow(),
  );

  it('nor one beside the setting that it is near to', () =>
    expect(() =>
      loadSettings({ ...KEY, REDIS_URI: 'x', REDIS_URL: 'redis://127.0.0.1' }),
    ).not.toThrow());
});

describe('names in .env', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringback-env-'));
  const file = path.join(folder, '.env');
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = (text: string) => {
    writeFileSync(file, `SECRET_KEY=${'k'.repeat(40)}\n${text}`);
    return loadSettings({}, file);
  };

  it('are read; the environment wins', () => {
    expect(load('PORT=4000').port).toBe(4000);
    expect(loadSettings({ PORT: '5000' }, file).port).toBe(5000);
  });

  it('are refused when they are short, too', () =>
    expect(() => load('PROT=1')).toThrow('PROT: there is no such setting; did you mean PORT?'));

  it('are told when they are like none', () =>
    expect(load('COMPOSE_PROJECT_NAME=x').strangeNames).toEqual(['COMPOSE_PROJECT_NAME']));
});
