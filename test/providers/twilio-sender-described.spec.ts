import { OpenApiJudge, withDescriptions } from '../support/openapi-judge.js';
import { TwilioSender } from '../../src/messaging/vendors/twilio/twilio.sender.js';
import { FROM, makeTwilioFixture, type TwilioFixture, SETTINGS } from './twilio-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const MESSAGES = '/2010-04-01/Accounts/{AccountSid}/Messages.json';

withDescriptions("Twilio's own description of the Messages API (a file of SPECS_DIR)", () => {
  let judge: OpenApiJudge;
  let fixture: TwilioFixture;
  beforeAll(() => {
    judge = new OpenApiJudge('twilio_api_v2010_messages.json');
  });
  beforeEach(async () => {
    fixture = await makeTwilioFixture();
  });
  afterEach(() => fixture.close?.());

  const SENDERS = [FROM, 'MG00000000000000000000000000000001'];
  it.each(SENDERS)("allows our request from %s, and our test server's answer", async (from) => {
    const { fake, clock } = fixture;
    const sender = new TwilioSender(
      { ...SETTINGS, TWILIO_FROM: from, TWILIO_URL: fake.url },
      { clock },
    );
    const callbackUrl = 'https://accounts.example.com/delivery/twilio/AAECAwQFBgcICQoLDA0ODw';
    expect(await sender.send(messageTo('+14155550100', { callbackUrl }))).toMatchObject({
      outcome: 'sent',
    });

    const { form, answer } = fake.texts[0]!;
    expect(judge.faultsOfForm('post', MESSAGES, form)).toEqual([]);
    expect(judge.faultsOfAnswer('post', MESSAGES, answer.status, answer.body)).toEqual([]);
    expect(fake.requests[0]?.path).toMatch(
      /^\/2010-04-01\/Accounts\/AC[0-9a-fA-F]{32}\/Messages\.json$/,
    );
  });

  it('would find faults', async () => {
    expect(judge.faultsOfForm('post', MESSAGES, {})).not.toEqual([]);
    const faults: Record<string, string>[] = [
      { MessagingServiceSid: 'MG1' },
      { ValidityPeriod: 'soon' },
      { Text: 'x' },
      { StatusCallback: '/' },
    ];
    for (const fault of faults) {
      expect(judge.faultsOfForm('post', MESSAGES, { To: '+14155550100', ...fault })).not.toEqual(
        [],
      );
    }
    expect(judge.faultsOfForm('post', MESSAGES, { To: '+14155550100' })).toEqual([]);
    await fixture.sender.send(messageTo('+14155550100'));
    const { body } = fixture.fake.texts[0]!.answer;
    for (const fault of [
      { sid: 'SM1' },
      { status: 'great' },
      { num_segments: 1 },
      { success: true },
    ]) {
      expect(
        judge.faultsOfAnswer('post', MESSAGES, 201, { ...(body as object), ...fault }),
      ).not.toEqual([]);
    }
    expect(judge.faultsOfAnswer('post', MESSAGES, 200, body)).toEqual(['is not described']);
  });
});
