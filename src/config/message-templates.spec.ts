import { LOCALES } from '../common/locale.js';
import { loadSettings } from '../load-settings.js';
import { SettingsError } from './settings-error.js';

const given = {
  SECRET_KEY: 'a key of more than thirty-two characters',
  PUBLIC_URL: 'https://localhost:3000',
};

function problems(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings({ ...given, ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe('MESSAGE_TEMPLATE', () => {
  const templatesOf = (environment: Record<string, string>) =>
    loadSettings({ ...given, ...environment }).messageTemplates;

  it('is unset for a first try', () => expect(templatesOf({})).toEqual({}));

  it('serves every language, but those that have their own', () => {
    const environment = {
      MESSAGE_TEMPLATE: '{code} Acme',
      MESSAGE_TEMPLATE_ZH: '{code} 验证码',
      MESSAGE_TEMPLATE_EN: '',
    };
    const everywhere = Object.fromEntries(LOCALES.map((locale) => [locale, '{code} Acme']));
    expect(templatesOf(environment)).toEqual({ ...everywhere, zh: '{code} 验证码' });
  });

  it('of one language leaves the others to the product', () => {
    expect(templatesOf({ MESSAGE_TEMPLATE_ES: '{code} Acme\n{origin}\n' })).toEqual({
      es: '{code} Acme\n{origin}',
    });
  });

  it.each([
    'MESSAGE_TEMPLATE',
    ...LOCALES.map((locale) => `MESSAGE_TEMPLATE_${locale.toUpperCase()}`),
  ])('refuses %s', (name) => {
    expect(problems({ [name]: 'no code' })).toEqual([`${name}: must contain {code}`]);
    expect(problems({ [name]: ' ' })).toEqual([`${name}: must contain {code}`]);
  });

  it('measures with the host of PUBLIC_URL', () => {
    const template = `{code} ${'x'.repeat(134)}`;
    expect(problems({ MESSAGE_TEMPLATE_DE: template })).toEqual([]);
    expect(problems({ MESSAGE_TEMPLATE_DE: template, PUBLIC_URL: 'https://127.0.0.10' })).toEqual([
      'MESSAGE_TEMPLATE_DE: makes 161 characters with the origin line, and one message holds 160; shorten it',
    ]);
  });

  it('says what is wrong with each at once', () => {
    expect(
      problems({
        MESSAGE_TEMPLATE: '{nothing}',
        MESSAGE_TEMPLATE_PT: '{origin}\n{code}',
        PORT: 'x',
      }),
    ).toHaveLength(3);
  });
});
