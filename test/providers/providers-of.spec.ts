import { AccountEvents } from '../../src/common/account-events.js';
import { Clock } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { loadSettings } from '../../src/load-settings.js';
import { sendersOf } from '../../src/messaging/senders.js';
import { providersOf } from '../../src/phone-verification/providers/providers-of.js';

const SECRET_KEY = 'a test key that is long enough and no secret';
const ACCOUNTS: Readonly<Record<string, Record<string, string>>> = {
  authy: { AUTHY_KEY: 'k' },
  'twilio-verify': {
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 't',
    TWILIO_VERIFY_SERVICE_SID: 'VA1',
  },
  'self:twilio': { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 't', TWILIO_FROM: '+14155550199' },
  'self:vonage': { VONAGE_API_KEY: 'k', VONAGE_API_SECRET: 's', VONAGE_FROM: 'Acme' },
  'self:messagebird': { MESSAGEBIRD_ACCESS_KEY: 'k', MESSAGEBIRD_FROM: 'Acme' },
  'self:plivo': { PLIVO_AUTH_ID: 'MA1', PLIVO_AUTH_TOKEN: 't', PLIVO_FROM: '+14155550199' },
  'self:aws': {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SMS_FROM: '+14155550199',
  },
  'self:http': {
    HTTP_SMS_URL: 'https://gateway.example/send',
    HTTP_SMS_BODY: '{"to":"{to}","text":"{text}"}',
  },
  'self:twilio-verify': {
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 't',
    TWILIO_VERIFY_SERVICE_SID: 'VA1',
  },
  'self:inbox': {},
};

const setUp = async (environment: Record<string, string>) => {
  const settings = loadSettings({ NODE_ENV: 'test', SECRET_KEY, BCRYPT_COST: '4', ...environment });
  const clock = new Clock();
  const events = new AccountEvents();
  const senders = await sendersOf(settings, clock, events);
  const keys = new KeyRing(settings.secretKeys);
  return { senders, providers: await providersOf(settings, keys, clock, senders, events) };
};
const providersFor = async (environment: Record<string, string>) =>
  (await setUp(environment)).providers;

describe('VERIFICATION_PROVIDER', () => {
  it.each(Object.entries(ACCOUNTS))(
    '%s is set up by these settings alone',
    async (name, account) => {
      const providers = await providersFor({ VERIFICATION_PROVIDER: name, ...account });
      expect(providers.named(name)?.name).toBe(name);
      expect(
        providers.candidatesFor({ phoneNumber: '+14155550100', provider: '' }, false),
      ).toHaveLength(1);
      expect(providers.firstHolder('+14155550100')).toBe(name.split(':')[0]);
      expect(providers.channelsFor('+14155550100').has('sms')).toBe(true);
    },
  );

  const CODES_ONLY = {
    HTTP_SMS_URL: 'https://gateway.example/send',
    HTTP_SMS_BODY: '{"to":"{to}","code":"{code}"}',
  };

  it.each<[string, Record<string, string>, string[]]>([
    ...Object.entries(ACCOUNTS).map(
      ([name, account]): [string, Record<string, string>, string[]] => [
        name,
        account,
        /authy|twilio-verify/.test(name) ? [] : [name],
      ],
    ),
    ['self:http', CODES_ONLY, []],
    [
      'twilio-verify,self:vonage',
      { ...ACCOUNTS['twilio-verify'], ...ACCOUNTS['self:vonage'] },
      ['self:vonage'],
    ],
    ['self:vonage', { ...ACCOUNTS['self:vonage'], TEST_NUMBERS: '+14155550100=123456' }, []],
  ])('%s with %j: notices are brought by %j', async (route, account, bringers) => {
    const { senders } = await setUp({ VERIFICATION_PROVIDER: route, ...account });
    expect(senders.textersFor('+14155550100').map(({ name }) => name)).toEqual(bringers);
  });

  const ofGateways = Object.keys(ACCOUNTS).filter((name) => name !== 'self:inbox');

  it.each(ofGateways)('%s needs its account', async (name) => {
    await expect(async () => providersFor({ VERIFICATION_PROVIDER: name })).rejects.toThrow(
      /is required for/,
    );
  });

  it('asks by country, in order, and knows providers that no route names any more', async () => {
    const providers = await providersFor({
      ...ACCOUNTS['self:vonage'],
      ...ACCOUNTS['twilio-verify'],
      ...ACCOUNTS['authy'],
      VERIFICATION_PROVIDER: 'DE=self:vonage,twilio-verify;*=twilio-verify',
    });
    const asked = (phoneNumber: string) =>
      providers
        .candidatesFor({ phoneNumber, provider: '' }, false)
        .map(({ provider }) => provider.name);
    expect(asked('+4915123456789')).toEqual(['self:vonage', 'twilio-verify']);
    expect(asked('+14155550100')).toEqual(['twilio-verify']);
    expect(providers.holding('authy')?.name).toBe('authy');
    expect(providers.holding('nobody')).toBeUndefined();
  });

  it('has codes made here carried by Twilio Verify where a route says so, and not for its account alone', async () => {
    const [self, theirs] = ['self:twilio-verify', 'twilio-verify'];
    const onRoute = await providersFor({ ...ACCOUNTS[self], VERIFICATION_PROVIDER: self });
    const channels = ['sms', 'call', 'whatsapp'];
    expect(onRoute.named(self)).toMatchObject({
      holder: 'self',
      codeBelongsTo: 'challenge',
      channels,
    });
    expect(onRoute.named(theirs)).toMatchObject({ holder: theirs, codeBelongsTo: 'number' });
    const offRoute = await providersFor({ ...ACCOUNTS[theirs], VERIFICATION_PROVIDER: theirs });
    expect(offRoute.named(self)).toBeUndefined();
    expect(offRoute.holding('self')).toBeDefined();
  });
});
