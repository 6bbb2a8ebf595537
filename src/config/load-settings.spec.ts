import { loadSettings } from '../load-settings.js';
import { Settings } from './settings.js';
import { SettingsError } from './settings-error.js';

const KEY = 'a key of more than thirty-two characters';
const given = { SECRET_KEY: KEY };

/** The sentences of a refusal, none when the settings are taken. */
function problems(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings({ ...given, ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://accounts.example',
  VERIFICATION_PROVIDER: 'authy',
  AUTHY_KEY: 'x',
};

describe('settings', () => {
  it('have defaults for a first try', () => {
    expect(loadSettings(given)).toMatchObject({
      environment: 'development',
      publicUrl: 'http://127.0.0.1:3000',
      database: { kind: 'sqlite', file: './var/ringback.sqlite', sync: 'full' },
      routes: { routes: {}, fallback: ['self:inbox'] },
      providers: ['self:inbox'],
      channels: ['sms', 'call'],
      bcryptCost: 12,
      abuseLimits: 'enforce',
      admin: true,
      docs: true,
      staffTwoFactor: 'optional',
      trustedProxies: [],
      defaultCountry: null,
      allowedCountries: 'all',
      deniedCountries: [],
      sessions: {
        idle: 86_400_000,
        absolute: 30 * 86_400_000,
        staffIdle: 3_600_000,
        staffAbsolute: 86_400_000,
      },
    });
  });

  it('keep the request limits that are not named', () => {
    const { requestLimits } = loadSettings({ ...given, REQUEST_LIMITS: 'login:5, any:10' });
    expect(requestLimits).toEqual({
      any: 10,
      unsafe: 800,
      login: 5,
      registration: 240,
      confirmation: 480,
      connections: 500,
    });
  });

  it('count an empty variable as unset', () =>
    expect(problems({ PORT: '', AUTHY_KEY: '', PUBLIC_URL: '' })).toEqual([]));

  it('are stricter in production', () => {
    expect(problems(production)).toEqual([]);
    expect(loadSettings({ ...given, ...production }).staffTwoFactor).toBe('required');
    // A guessable key may be on its way out, and serves a try on one's own machine.
    expect(problems({ ...production, SECRET_KEY: `${KEY},${'k'.repeat(64)}` })).toEqual([]);
    expect(problems({ SECRET_KEY: 'k'.repeat(64) })).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['PUBLIC_URL', { PUBLIC_URL: 'http://accounts.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://127.0.0.1.evil.example', HOST: '127.0.0.1' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://127.0.0.1/accounts' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'ftp://127.0.0.1' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'nonsense' }],
    ['SECRET_KEY', { SECRET_KEY: 'too short' }],
    ['SECRET_KEY', { SECRET_KEY: `${KEY},short` }],
    ['SECRET_KEY', { SECRET_KEY: ',' }],
    ['SECRET_KEY', { ...production, SECRET_KEY: ' , ' }],
    ['SECRET_KEY', { ...production, SECRET_KEY: '' }],
    ['SECRET_KEY', { ...production, SECRET_KEY: 'k'.repeat(64) }],
    ['SECRET_KEY', { ...production, SECRET_KEY: `${'abc'.repeat(20)},${KEY}` }],
    ['SECRET_KEY', { SECRET_KEY: '', DATABASE_URL: 'mysql://u:p@localhost/n' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://localhost/n' }],
    ['SMS_SENDER', { ...production, VERIFICATION_PROVIDER: 'self' }],
    ['SMS_SENDER', { HOST: '0.0.0.0', PUBLIC_URL: 'http://localhost:3000' }],
    ['SMS_SENDER', { PUBLIC_URL: 'https://accounts.example' }],
    ['CHANNELS', { CHANNELS: 'sms,pigeon' }],
    ['CHANNELS', { CHANNELS: 'call,whatsapp' }],
    ['CHANNELS', { CHANNELS: ',' }],
    [
      'AWS_SMS_TOPIC_ARN',
      {
        AWS_SMS_CONFIGURATION_SET: 'c',
        AWS_SMS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:x.fifo',
      },
    ],
    [
      'AWS_SMS_TOPIC_ARN',
      {
        AWS_SMS_CONFIGURATION_SET: 'c',
        AWS_SMS_TOPIC_ARN: 'arn:aws:sns:evil.example/:123456789012:x',
      },
    ],
    ['AWS_SMS_TOPIC_ARN', { AWS_SMS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:codes' }],
    ['AUTHY_KEY', { VERIFICATION_PROVIDER: 'authy' }],
    ['AUTHY_URL', { AUTHY_URL: 'http://api.authy.com' }],
    ['AUTHY_URL', { AUTHY_URL: 'http://127.0.0.1.evil.example' }],
    ['VERIFICATION_PROVIDER', { VERIFICATION_PROVIDER: 'pigeon' }],
    ['BCRYPT_COST', { BCRYPT_COST: '4' }],
    ['BCRYPT_COST', { BCRYPT_COST: '9' }],
    ['BCRYPT_COST', { BCRYPT_COST: '31', NODE_ENV: 'test' }],
    ['PASSWORD_BUDGETS', { ...production, PASSWORD_BUDGETS: 'off' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy.example' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/0' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'https://app.example, https://app.example/' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: '*' }],
    ['REDIS_URL', { REDIS_URL: 'http://127.0.0.1:6379' }],
    ['REDIS_URL', { REDIS_URL: '127.0.0.1:6379' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: 'all:10' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: 'any:0' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: 'any' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: 'any:10,login:1e3' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: '__proto__:1' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: 'any:1000001' }],
    ['REQUEST_LIMITS', { REQUEST_LIMITS: 'any:10,any:20' }],
    ['PORT', { PORT: '70000' }],
    ['ADMIN', { ADMIN: 'yes' }],
    ['ABUSE_LIMITS', { ABUSE_LIMITS: 'off' }],
    ['DEFAULT_COUNTRY', { DEFAULT_COUNTRY: 'us' }],
    ['DEFAULT_COUNTRY', { DEFAULT_COUNTRY: 'XX' }],
    ['DEFAULT_COUNTRY', { DEFAULT_COUNTRY: 'GB', ALLOWED_COUNTRIES: 'US,CA' }],
    ['DEFAULT_COUNTRY', { DEFAULT_COUNTRY: 'IN', DENIED_COUNTRIES: 'IN' }],
    ['TEST_NUMBERS', { TEST_NUMBERS: '+4930901820=123456' }],
    ['ALLOWED_COUNTRIES', { ALLOWED_COUNTRIES: 'US,Canada' }],
    ['ALLOWED_COUNTRIES', { ALLOWED_COUNTRIES: 'US,XX' }],
    ['ALLOWED_COUNTRIES', { ALLOWED_COUNTRIES: ',' }],
    ['SESSION_IDLE', { SESSION_IDLE: '24' }],
    ['SESSION_ABSOLUTE', { SESSION_ABSOLUTE: '0d' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'fifteen-letters' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'long enough, but no header can carry it' }],
    ['BOT_CHECK', { BOT_CHECK: 'recaptcha' }],
    ['BOT_CHECK_WHEN', { BOT_CHECK_WHEN: 'often' }],
    ['BOT_CHECK_DIFFICULTY', { BOT_CHECK_DIFFICULTY: '9' }],
    [
      'TURNSTILE_SECRET',
      { BOT_CHECK: 'turnstile', BOT_CHECK_WHEN: 'risk', TURNSTILE_SITE_KEY: 'x' },
    ],
    ['TURNSTILE_SITE_KEY', { TURNSTILE_SITE_KEY: 'x" onload="y' }],
    ['TURNSTILE_URL', { TURNSTILE_URL: 'http://challenges.example' }],
    [
      'HCAPTCHA_SITE_KEY',
      { BOT_CHECK: 'hcaptcha', BOT_CHECK_WHEN: 'always', HCAPTCHA_SECRET: 'x' },
    ],
    ['NODE_ENV', { NODE_ENV: 'prod' }],
  ])('refuse %s in %j', (name, environment) => {
    const said = problems(environment);
    expect(said.join('\n')).toMatch(new RegExp(`^${name}`, 'm'));
    expect(said.join('\n')).not.toContain(KEY);
  });

  it('say everything at once', () => {
    expect(problems({ PORT: 'x', DEFAULT_COUNTRY: 'usa', ADMIN: 'maybe' })).toHaveLength(3);
    expect(
      problems({ ...production, SECRET_KEY: '', AUTHY_KEY: '', PASSWORD_BUDGETS: 'off' }),
    ).toHaveLength(3);
  });

  it('know the inbox only outside production', () => {
    expect(Settings.hasInbox(loadSettings(given))).toBe(true);
    expect(Settings.hasInbox(loadSettings({ ...given, ...production }))).toBe(false);
  });

  it('open to the local network by DEV_LAN alone, and never in production', () => {
    const lan = { ...given, HOST: '0.0.0.0' };
    expect(problems({ HOST: '0.0.0.0' }).join()).toContain(
      'DEV_LAN=on opens it to your local network while you develop',
    );
    expect(loadSettings({ ...lan, DEV_LAN: 'on' }).publicUrl).toMatch(
      /^http:\/\/(10|127|169\.254|172|192\.168)\.[\d.]+:3000$/,
    );
    for (const url of ['http://192.168.1.5:3000', 'http://[fd00::5]:3000', 'http://127.0.0.1:3000'])
      expect(loadSettings({ ...lan, DEV_LAN: 'on', PUBLIC_URL: url }).publicUrl).toBe(url);
    for (const url of [
      'http://203.0.113.5:3000',
      'http://laptop.example:3000',
      'http://192.168.1.5.example',
    ]) {
      const said = problems({ HOST: '0.0.0.0', DEV_LAN: 'on', PUBLIC_URL: url });
      expect(said).toContain('PUBLIC_URL: http is for loopback only; use https');
    }
    expect(problems({ ...production, DEV_LAN: 'on' })).toEqual(['DEV_LAN: is not for production']);
  });

  it('say in words what a value must be', () => {
    const wrong = {
      PORT: 'abc',
      ADMIN: 'maybe',
      PUBLIC_URL: 'x',
      BCRYPT_COST: '99',
      SECURITY_CONTACT: 'me',
    };
    expect(problems(wrong)).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'PUBLIC_URL: must be an address, e.g. https://accounts.example',
      'BCRYPT_COST: must be a whole number from 4 to 16',
      'ADMIN: must be on or off',
      'SECURITY_CONTACT: must be mailto:…, https://… or tel:+…, separated by commas',
    ]);
  });

  it('take what is near to what is refused', () => {
    expect(
      problems({
        AUTHY_URL: 'http://127.0.0.1:8080',
        DEFAULT_COUNTRY: 'IN',
        ALLOWED_COUNTRIES: 'US, IN,',
        SECRET_KEY: `${KEY},`,
      }),
    ).toEqual([]);
    expect(problems({ AUTHY_URL: 'http://[::1]:8080', DEFAULT_COUNTRY: 'IN' })).toEqual([]);
    expect(problems({ BOT_CHECK: 'turnstile', TURNSTILE_URL: 'http://127.0.0.1:8080' })).toEqual(
      [],
    );
    expect(loadSettings({ ...given, METRICS_TOKEN: 'sixteen-letters_' }).metricsToken).toBe(
      'sixteen-letters_',
    );
    expect(loadSettings(given).metricsToken).toBeNull();
    expect(loadSettings(given).allowedOrigins).toEqual([]);
    const origins = 'https://app.example,capacitor://localhost';
    expect(loadSettings({ ...given, ALLOWED_ORIGINS: origins }).allowedOrigins).toEqual(
      origins.split(','),
    );
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(loadSettings(given))).toBe(true);
  });
});
