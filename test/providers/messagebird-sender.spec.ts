import type { MessageBirdSettings } from '../../src/messaging/vendors/messagebird/messagebird.vendor.js';
import { MessageBirdSender } from '../../src/messaging/vendors/messagebird/messagebird.sender.js';
import type { Message, RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import {
  ACCESS_KEY,
  makeMessageBirdFixture,
  REFUSED,
  type MessageBirdFixture,
  SETTINGS,
} from './messagebird-sender.fixture.js';
import { providerContract, TROUBLES } from './provider-contract.js';
import { messageTo } from './vendor-gateway.fixture.js';

const NUMBER = '+14155550100';
const callbackUrl = 'https://accounts.example.com/delivery/messagebird/AAECAwQFBgcICQoLDA0ODw';

providerContract('messagebird', makeMessageBirdFixture, {
  startTroubles: TROUBLES,
  refuses: Object.keys(REFUSED) as RefusalReason[],
});

describe('MessageBirdSender', () => {
  let fixture: MessageBirdFixture;
  beforeEach(async () => {
    fixture = await makeMessageBirdFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (change: Partial<Message> = {}) => fixture.sender.send(messageTo(NUMBER, change));
  const body = () =>
    JSON.parse(fixture.fake.requests.at(-1)?.body ?? '') as Record<string, unknown>;
  const like = (change: Partial<MessageBirdSettings>) =>
    new MessageBirdSender(
      { ...SETTINGS, MESSAGEBIRD_URL: fixture.fake.url, ...change },
      { clock: fixture.clock },
    );

  it('names itself, and what it can do', () => {
    expect(fixture.sender).toMatchObject({ name: 'messagebird', channels: ['sms', 'call'] });
  });

  it('writes a text', async () => {
    await send({ callbackUrl });
    expect(body()).toEqual({
      originator: 'Ringback',
      recipients: ['14155550100'],
      body: '012345 is your Ringback code.\n\n@localhost #012345',
      reference: 'AAECAwQFBgcICQoLDA0ODw',
      reportUrl: callbackUrl,
      datacoding: 'auto',
      validity: 600,
    });
    expect(fixture.fake.requests[0]).toMatchObject({
      path: '/messages',
      headers: { connection: 'close' },
    });
  });

  it('makes a call, and leaves no code on a machine', async () => {
    await send({ channel: 'call', text: 'Your code is 0, 1, 2, 3, 4, 5.', callbackUrl });
    expect(body()).toEqual({
      recipients: ['14155550100'],
      body: 'Your code is 0, 1, 2, 3, 4, 5.',
      language: 'en-us',
      repeat: 1,
      ifMachine: 'hangup',
      reference: 'AAECAwQFBgcICQoLDA0ODw',
      reportUrl: callbackUrl,
    });
    expect(fixture.fake.requests[0]?.path).toBe('/voicemessages');
  });

  it.each([
    ['+31612345678', '31612345678'],
    ['31612345678', '31612345678'],
    ['Ringback', undefined],
    ['12345', undefined],
  ])('calls from %s: %s', async (from, originator) => {
    expect(
      await like({ MESSAGEBIRD_FROM: from }).send(messageTo(NUMBER, { channel: 'call' })),
    ).toMatchObject({
      outcome: 'sent',
    });
    expect(body()['originator']).toBe(originator);
  });

  it.each(['en', 'es', 'fr', 'de', 'pt', 'zh'])('speaks %s', async (locale) => {
    expect(await send({ channel: 'call', locale, text: 'the text' })).toMatchObject({
      outcome: 'sent',
    });
    expect(body()).toMatchObject({
      body: 'the text',
      language: expect.stringMatching(`^${locale}-`) as string,
    });
  });

  it.each(['hi', 'ar', 'xx', ''])(
    'speaks the digits alone where no voice knows %j',
    async (locale) => {
      expect(await send({ channel: 'call', locale, text: 'पाठ' })).toMatchObject({
        outcome: 'sent',
      });
      expect(body()).toMatchObject({
        body: '0, 1, 2, 3, 4, 5. 0, 1, 2, 3, 4, 5.',
        language: 'en-us',
      });
    },
  );

  it("tells the gateway's id and how many messages the text took", async () => {
    const reference = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
    expect(await send()).toEqual({ outcome: 'sent', reference, segments: 1 });
    expect(await send({ text: '012345 '.repeat(40) })).toEqual({
      outcome: 'sent',
      reference,
      segments: 2,
    });
    expect(await send({ channel: 'call' })).toEqual({
      outcome: 'sent',
      reference,
      segments: undefined,
    });
  });

  it('rounds a life up to whole seconds', async () => {
    await send({ ttl: 120.001 });
    expect(body()['validity']).toBe(121);
  });

  it('asks for no receipts that it could not believe', async () => {
    for (const signingKey of [undefined, '']) {
      const sender = like({
        MESSAGEBIRD_SIGNING_KEY: signingKey,
        MESSAGEBIRD_URL: `${fixture.fake.url}//`,
      });
      expect(await sender.send(messageTo(NUMBER, { callbackUrl }))).toMatchObject({
        outcome: 'sent',
      });
      expect(body()).not.toHaveProperty('reportUrl');
    }
  });

  it('shows the key in a header only', async () => {
    await send();
    await fixture.sender.probe();
    for (const { headers, path, query, body: content } of fixture.fake.requests) {
      expect(headers.authorization).toBe(`AccessKey ${ACCESS_KEY}`);
      expect(path + `${query}` + content).not.toContain(ACCESS_KEY);
    }
  });

  it('never repeats a send that went wrong, and follows no redirect', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'html'] as const) {
      fixture.fake.fail(fault);
      expect(await send()).toEqual({ outcome: 'unknown' });
    }
    await fixture.cause?.('redirect');
    await send();
    expect(fixture.fake.requests.map(({ path }) => path)).toEqual([
      '/messages',
      '/messages',
      '/messages',
      '/messages',
    ]);
  });

  describe('probe', () => {
    const answerWith = (
      amount: number,
      payment = 'prepaid',
      date = fixture.clock.now().toUTCString(),
    ) =>
      fixture.fake.fail({
        answer: {
          status: 200,
          headers: { Date: date },
          body: { payment, type: 'credits', amount },
        },
      });

    it('is good, and sends nothing', async () => {
      expect(await fixture.sender.probe()).toEqual({
        isGood: true,
        sentence: 'MessageBird accepts our credentials.',
      });
      expect(fixture.fake.messages).toEqual([]);
    });

    it('knows bad credentials', async () => {
      const sentence = 'MessageBird does not accept our credentials: check MESSAGEBIRD_ACCESS_KEY.';
      expect(await fixture.connect({ isStranger: true }).probe()).toEqual({
        isGood: false,
        sentence,
      });
    });

    it('knows an account that paid before and used it up', async () => {
      answerWith(0);
      const sentence = 'MessageBird accepts our credentials, but the account has no credit left.';
      expect(await fixture.sender.probe()).toEqual({ isGood: false, sentence });
      answerWith(-3, 'postpaid');
      expect(await fixture.sender.probe()).toMatchObject({ isGood: true });
    });

    it('knows a clock that is wrong, a gateway out of reach, and one that is none', async () => {
      const elsewhere = await like({ MESSAGEBIRD_URL: `${fixture.fake.url}/nowhere` }).probe();
      expect(elsewhere.sentence).toContain('do not understand (HTTP 404)');
      answerWith(1, 'prepaid', 'Sun, 01 Mar 2026 13:00:00 GMT');
      const late = await fixture.sender.probe();
      expect(late.sentence).toBe(
        'Our clock and that of MessageBird differ by 60 minutes: set ours right.',
      );
      const nowhere = await like({ MESSAGEBIRD_URL: 'http://messagebird.invalid' }).probe();
      expect(nowhere.sentence).toBe(
        'MessageBird cannot be reached: check the network and MESSAGEBIRD_URL.',
      );
      expect([elsewhere, late, nowhere].map(({ isGood }) => isGood)).toEqual([false, false, false]);
    });
  });
});
