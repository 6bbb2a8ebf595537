import {
  type Variables,
  accountProblems,
  accountSettings,
  providersSetUp,
} from '../../src/config/accounts.js';
import { loadSettings } from '../../src/load-settings.js';
import { ACCOUNTS as KNOWN } from '../../src/phone-verification/providers/providers.js';

const isLoopback = (host: string) => host === '127.0.0.1';

const ACCOUNTS: Readonly<Record<string, readonly string[]>> = {
  authy: ['AUTHY_KEY'],
  'twilio-verify': ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VERIFY_SERVICE_SID'],
  'self:http': ['HTTP_SMS_URL'],
  'self:twilio': ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  'self:vonage': ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM'],
  'self:messagebird': ['MESSAGEBIRD_ACCESS_KEY', 'MESSAGEBIRD_FROM'],
  'self:plivo': ['PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_FROM'],
  'self:aws': ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SMS_FROM'],
  'self:twilio-verify': ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VERIFY_SERVICE_SID'],
};
const accounts = Object.entries(ACCOUNTS);

/** What makes any address one that a text can be sent to. */
const HTTP_SMS_BODY = '{"to":"{to}","text":"{text}"}';

const given = (variables: Readonly<Record<string, string>> = {}): Variables =>
  accountSettings(KNOWN).parse({ HTTP_SMS_BODY, ...variables });
const all = (variables: readonly string[]) =>
  given(Object.fromEntries(variables.map((name) => [name, 'https://given.example'])));
const problems = (variables: Readonly<Record<string, string>>, ...named: string[]) =>
  accountProblems(KNOWN, given(variables), named, isLoopback);

describe('accounts with gateways', () => {
  describe.each(accounts)('of %s', (provider, variables) => {
    it('need nothing more than these', () =>
      expect(accountProblems(KNOWN, all(variables), [provider], isLoopback)).toEqual([]));

    it('need all of them, each told in a sentence of its own', () => {
      expect(problems({}, provider)).toEqual(
        variables.map((name) => `${name}: is required for ${provider}`),
      );
    });

    it.each(variables)('are not set up without %s', (missing) => {
      const rest = variables.filter((name) => name !== missing);
      expect(providersSetUp(KNOWN, all(variables))).toEqual([
        provider === 'self:twilio-verify' ? 'twilio-verify' : provider,
      ]);
      expect(providersSetUp(KNOWN, all(rest))).toEqual([]);
      expect(accountProblems(KNOWN, all(rest), [provider], isLoopback)).toEqual([
        `${missing}: is required for ${provider}`,
      ]);
    });
  });

  it('are asked of the providers that routes name, and of no others', () => {
    expect(problems({})).toEqual([]);
    expect(problems({}, 'self:inbox')).toEqual([]);
    expect(problems({ VONAGE_API_KEY: 'x' }, 'self:messagebird')).toEqual([
      'MESSAGEBIRD_ACCESS_KEY: is required for self:messagebird',
      'MESSAGEBIRD_FROM: is required for self:messagebird',
    ]);
  });

  it('are told once for a provider that several routes name', () => {
    expect(problems({}, 'authy', 'authy')).toEqual(['AUTHY_KEY: is required for authy']);
  });

  it('may serve two providers', () => {
    const twilio = all([...ACCOUNTS['twilio-verify']!, ...ACCOUNTS['self:twilio']!]);
    expect(providersSetUp(KNOWN, twilio)).toEqual(['twilio-verify', 'self:twilio']);
  });

  it('that nobody gave set up nothing, not even the inbox', () =>
    expect(providersSetUp(KNOWN, given())).toEqual([]));

  it('are asked for at start, and those beside the routes are kept', () => {
    const environment = {
      SECRET_KEY: 'k'.repeat(32),
      AUTHY_KEY: 'x',
      VERIFICATION_PROVIDER: 'IN=self;*=self:messagebird',
    };
    expect(() => loadSettings(environment)).toThrow(
      'MESSAGEBIRD_ACCESS_KEY: is required for self:messagebird',
    );
    const messagebird = { MESSAGEBIRD_ACCESS_KEY: 'x', MESSAGEBIRD_FROM: 'Ringback' };
    const { providers } = loadSettings({ ...environment, ...messagebird });
    expect(providers).toEqual(['self:inbox', 'self:messagebird', 'authy']);
  });

  it('are all that is taken from the environment', () => {
    expect(given({ AUTHY_KEY: 'x', SECRET_KEY: 'y' })).not.toHaveProperty('SECRET_KEY');
  });
});

describe('addresses of gateways', () => {
  it('are those of the services themselves', () => {
    expect(given()).toMatchObject({
      AUTHY_URL: 'https://api.authy.com',
      TWILIO_URL: 'https://api.twilio.com',
      TWILIO_VERIFY_URL: 'https://verify.twilio.com',
      VONAGE_URL: 'https://rest.nexmo.com',
      MESSAGEBIRD_URL: 'https://rest.messagebird.com',
      PLIVO_URL: 'https://api.plivo.com',
    });
    expect(problems({})).toEqual([]);
  });

  const addresses = [
    'AUTHY_URL',
    'TWILIO_URL',
    'TWILIO_VERIFY_URL',
    'VONAGE_URL',
    'MESSAGEBIRD_URL',
    'PLIVO_URL',
    'AWS_SMS_URL',
    'HTTP_SMS_URL',
  ];

  it.each(addresses)('%s tells no secret in clear, but on loopback', (name) => {
    const told = [`${name}: http is for loopback only; use https`];
    expect(problems({ [name]: 'http://gateway.example/path' })).toEqual(told);
    expect(problems({ [name]: 'http://127.0.0.1.gateway.example' })).toEqual(told);
    expect(problems({ [name]: 'HTTP://gateway.example' })).toEqual(told);
    expect(problems({ [name]: 'http://127.0.0.1:8080' })).toEqual([]);
    expect(problems({ [name]: 'https://gateway.example' })).toEqual([]);
  });

  it('HTTP_SMS_URL is checked with all that belongs to it', () => {
    expect(
      problems({ HTTP_SMS_URL: 'https://gateway.example', HTTP_SMS_BODY: '{"to":"{to}"}' }),
    ).toEqual(['HTTP_SMS_URL: {text} or {code} must stand in the address, a header or the body']);
    expect(problems({ HTTP_SMS_URL: 'gateway.example' })).toEqual([
      'HTTP_SMS_URL: must be an address that begins with https://',
    ]);
  });

  it.each(addresses.filter((name) => name !== 'HTTP_SMS_URL'))('%s is an address', (name) => {
    for (const word of ['gateway.example', 'ftp://gateway.example', 'nonsense']) {
      expect(() => given({ [name]: word })).toThrow();
    }
  });
});

describe('the method of HTTP_SMS', () => {
  it('is POST unless told', () => {
    expect(given()['HTTP_SMS_METHOD']).toBe('POST');
    expect(given({ HTTP_SMS_METHOD: 'GET' })['HTTP_SMS_METHOD']).toBe('GET');
    expect(() => given({ HTTP_SMS_METHOD: 'DELETE' })).toThrow();
  });
});
