import { greeting, startLine, startWarnings } from './greeting.js';
import { loadSettings } from '../load-settings.js';

const given = { SECRET_KEY: 'a key of more than thirty-two characters' };
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://accounts.example',
  VERIFICATION_PROVIDER: 'authy',
  AUTHY_KEY: 'x',
};

describe('the greeting', () => {
  it('tells where everything is', () => {
    expect(greeting(loadSettings(given))).toMatch(
      /http:\/\/127\.0\.0\.1:3000\/\n[^]+\/dev\/inbox\n[^]+\/admin\n[^]+create-superuser/,
    );
    expect(
      greeting(
        loadSettings({ ...given, ADMIN: 'off', VERIFICATION_PROVIDER: 'authy', AUTHY_KEY: 'x' }),
      ),
    ).not.toMatch(/admin|superuser|inbox/);
  });

  it('says that limits of money are only recorded where messages cost nothing, unless they are asked for', () => {
    const told = /They cost nothing: limits that guard money are recorded, not held/;
    expect(greeting(loadSettings(given))).toMatch(told);
    expect(greeting(loadSettings({ ...given, ABUSE_LIMITS: 'enforce' }))).not.toMatch(told);
    expect(
      greeting(
        loadSettings({ ...given, VERIFICATION_PROVIDER: 'authy,self:inbox', AUTHY_KEY: 'x' }),
      ),
    ).not.toMatch(told);
  });

  it('is silent in production, where every line on stdout is JSON', () => {
    expect(greeting(loadSettings({ ...given, ...production }))).toBe('');
  });
});

describe('warnings at start', () => {
  it('there are none, as a rule', () => expect(startWarnings(loadSettings(given))).toEqual([]));

  it('name who can read messages with DEV_LAN', () => {
    const settings = loadSettings({
      ...given,
      DEV_LAN: 'on',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'http://192.168.1.5:3000',
    });
    expect(startWarnings(settings).join()).toMatch(
      /everybody in your local network .*192\.168\.1\.5.* read every message/,
    );
  });
});

describe('the first line of the log', () => {
  it('tells version, address, database and providers, and no secret', () => {
    const settings = loadSettings({
      ...given,
      ...production,
      DATABASE_URL: 'mysql://ringback:open-sesame@db/ringback',
    });
    const line = startLine(settings);
    expect(line).toMatchObject({
      msg: 'Ringback serves.',
      address: '127.0.0.1:3000',
      public_url: 'https://accounts.example',
      database: 'mysql',
      providers: ['authy'],
    });
    expect(line).toHaveProperty('version', expect.stringMatching(/^\d+\.\d+\.\d+/));
    expect(JSON.stringify(line)).not.toMatch(/open-sesame|kkkk/);
  });
});
