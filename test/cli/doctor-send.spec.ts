import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { FakeTwilioVerify } from '../support/fake-twilio-verify.js';
import { HINT, LANDLINE, NUMBER, Surgery } from './doctor.fixture.js';

const BOTH = { VERIFICATION_PROVIDER: 'self:vonage,self:twilio' };
const SEND = `--send ${NUMBER}`;

describe('doctor --send', () => {
  let surgery: Surgery;
  beforeEach(async () => {
    surgery = await Surgery.open();
    await surgery.migrate();
  });
  afterEach(() => surgery.close());

  /** The lines about messages, and the status. */
  const send = async (flags = SEND, environment: Record<string, string> = {}) => {
    const { status, output } = await surgery.doctor(flags, environment);
    return { status, lines: output.split('\n').filter((line) => line.includes('message to')) };
  };
  const sendByBoth = () => send(SEND, { ...surgery.vonageAccount(), ...BOTH });

  it('sends one text as a log-in would, and tells who took it under which id', async () => {
    const { status, output } = await surgery.doctor(SEND);
    const { sid } = surgery.twilio.texts[0]?.answer.body as { sid: string };
    expect(status).toBe(0);
    expect(output.split('\n').slice(-3)).toEqual([
      `ok ${HINT}: self:twilio took it as ${sid}.`,
      'All is well.',
      '',
    ]);
    expect(surgery.twilio.messages).toEqual([
      {
        to: NUMBER,
        channel: 'sms',
        text: expect.stringMatching(
          /^\d{6} is your .+ 10 minutes.+\n@accounts\.example #\d{6}$/s,
        ) as string,
      },
    ]);
  });

  it('leaves nothing that a code could be typed in for', async () => {
    await send();
    for (const entity of [Challenge, SentMessage, AuditEvent])
      expect(await surgery.installation.rows(entity)).toEqual([]);
  });

  it('counts the message: the next one waits', async () => {
    await send();
    expect(await send()).toEqual({
      status: 1,
      lines: [
        expect.stringMatching(
          /^!! message to \+1 ••••• •0123: Nothing was sent: .+ Try again in (30|2\d) seconds\.$/,
        ),
      ],
    });
    expect(surgery.twilio.messages).toHaveLength(1);
  });

  it('uses up nothing that registrations need: two numbers of one prefix within ten seconds', async () => {
    expect((await send()).status).toBe(0);
    expect((await send('--send +14155550124')).status).toBe(0);
  });

  it('tells why a number is refused, asks nobody else, and gives the wait back', async () => {
    const environment = {
      ...surgery.vonageAccount(),
      VERIFICATION_PROVIDER: 'self:twilio,self:vonage',
    };
    for (let time = 0; time < 2; time += 1) {
      expect(await send(`--send ${LANDLINE}`, environment)).toEqual({
        status: 1,
        lines: ['!! message to +1 ••••• •0114: self:twilio refused the number (landline).'],
      });
    }
    expect(surgery.vonage.messages).toEqual([]);
  });

  it('asks the next provider when the first is unavailable, and tells of both', async () => {
    await surgery.vonage.close();
    const { status, lines } = await sendByBoth();
    expect(status).toBe(1);
    expect(lines).toEqual([
      `!! ${HINT}: self:vonage did not take it. The next one was asked.`,
      expect.stringMatching(/^ok message to .+: self:twilio took it as SM\w{32}\.$/),
    ]);
    expect(surgery.twilio.messages).toHaveLength(1);
  });

  it('is not counted when nobody takes it', async () => {
    await Promise.all([surgery.vonage.close(), surgery.twilio.close()]);
    for (let time = 0; time < 2; time += 1) {
      expect(await sendByBoth()).toEqual({
        status: 1,
        lines: [
          `!! ${HINT}: self:vonage did not take it. The next one was asked.`,
          `!! ${HINT}: self:twilio did not take it. Nothing was sent.`,
        ],
      });
    }
  });

  it('tells how long a gateway wants to be left alone', async () => {
    surgery.twilio.fail({ answer: { status: 429, headers: { 'Retry-After': '17' }, body: {} } });
    expect((await send()).lines).toEqual([
      `!! ${HINT}: self:twilio takes no more just now. Try again in 17 seconds.`,
    ]);
  });

  it('says so when the message may come or not, asks nobody else, and counts it', async () => {
    surgery.vonage.fail('reset');
    expect(await sendByBoth()).toEqual({
      status: 1,
      lines: [`!! ${HINT}: self:vonage gave no clear answer. The message may come, or not.`],
    });
    expect(surgery.twilio.messages).toEqual([]);
    expect((await sendByBoth()).lines).toEqual([expect.stringContaining('Nothing was sent')]);
  });

  it("takes the route of the number's country", async () => {
    const environment = {
      ...surgery.vonageAccount(),
      VERIFICATION_PROVIDER: 'GB=self:vonage;*=self:twilio',
    };
    expect((await send('--send +447400123456', environment)).lines).toEqual([
      expect.stringMatching(/3456: self:vonage took it/),
    ]);
    expect((await send(SEND, environment)).lines).toEqual([
      expect.stringMatching(/0123: self:twilio took it/),
    ]);
    expect([surgery.vonage.messages, surgery.twilio.messages].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
  });

  it('goes through a service that makes the code itself', async () => {
    const verify = await new FakeTwilioVerify({ authToken: 'token-that-stays-secret' }).start();
    const { status, output } = await surgery.doctor(SEND, {
      VERIFICATION_PROVIDER: 'twilio-verify',
      TWILIO_VERIFY_SERVICE_SID: verify.serviceSid,
      TWILIO_VERIFY_URL: verify.url,
    });
    await verify.close();
    expect(status).toBe(0);
    expect(output).toMatch(
      /\nok message to \+1 ••••• •0123: twilio-verify took it as VE\w{32}\.\n/,
    );
    expect(output).not.toContain(verify.codeFor(NUMBER));
  });

  it.each([
    ['no number', '12345', {}, /^Country code: Choose your country, or begin .+\n$/],
    [
      'a premium number',
      '+19005550123',
      {},
      /^Phone number: We cannot send codes to this kind of number\./,
    ],
    [
      'a country that is not served',
      NUMBER,
      { ALLOWED_COUNTRIES: 'GB', DEFAULT_COUNTRY: 'GB' },
      /^Phone number: .+ this country\.\n$/,
    ],
    [
      'a test number',
      NUMBER,
      { TEST_NUMBERS: `${NUMBER}=975310` },
      /^Phone number: It is one of TEST_NUMBERS/,
    ],
  ])(
    'refuses %s, plainly and before anything is asked',
    async (_, typed, environment, sentence) => {
      expect(await surgery.doctor(`--send ${typed}`, environment)).toEqual({
        status: 2,
        output: '',
        error: expect.stringMatching(sentence) as string,
      });
      expect(surgery.twilio.requests).toEqual([]);
    },
  );

  it('needs a number', async () => expect((await surgery.doctor('--send')).status).toBe(2));

  it('takes a number whose days as a test number are over', async () => {
    const { lines } = await send(SEND, {
      TEST_NUMBERS: `${NUMBER}=975310`,
      TEST_NUMBERS_UNTIL: '2001-01-31',
    });
    expect(lines).toEqual([expect.stringContaining('self:twilio took it')]);
  });

  it('sends nothing where the database cannot count it', async () => {
    expect(await send(SEND, { DATABASE_URL: 'mysql://u@127.0.0.1:1/x' })).toEqual({
      status: 1,
      lines: [`!! ${HINT}: Nothing was sent: without the database it cannot be counted.`],
    });
    expect(surgery.twilio.messages).toEqual([]);
  });

  it('migrates as a start does, where a start does', async () => {
    const fresh = await Surgery.open();
    expect((await fresh.doctor(SEND, { MIGRATE_AT_START: 'on' })).status).toBe(0);
    await fresh.close();
  });
});
