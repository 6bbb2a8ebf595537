import { loadSettings } from '../load-settings.js';
import { SettingsError } from './settings-error.js';

function problems(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings({ SECRET_KEY: 'a key of more than thirty-two characters', ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

it('the settings say of each origin, proxy and limit what is wrong with it, behind its name', () => {
  expect(problems({ ALLOWED_ORIGINS: '*,https://app.example,null' })).toEqual([
    expect.stringMatching(/^ALLOWED_ORIGINS: \* would let any site in/) as string,
    expect.stringMatching(/^ALLOWED_ORIGINS: null cannot be allowed/) as string,
  ]);
  expect(
    problems({
      TRUSTED_PROXIES: '10.0.0.0/8,proxy.example,::1/200',
      SEND_LIMITS: 'number-dya=5;number-day=x',
      PREFIX_LIMITS: '1264=20',
      PRICES_FILE: '/nowhere/prices.json',
    }),
  ).toEqual([
    'TRUSTED_PROXIES: proxy.example is no address or range',
    'TRUSTED_PROXIES: ::1/200 is no address or range',
    'SEND_LIMITS: there is no limit "number-dya"',
    'SEND_LIMITS: number-day must be a number up to 10000000',
    'PREFIX_LIMITS: must be +PREFIX=MESSAGES-A-DAY, separated by semicolons',
    'PRICES_FILE: cannot be read as JSON',
  ]);
});
