import { seconds } from '../../src/common/clock.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { DyingGateway } from '../support/dying-gateway.js';
import { FakeTwilioMessages } from '../support/fake-twilio-messages.js';
import type { Outcome } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';

const VONAGE = { VONAGE_API_KEY: 'key', VONAGE_API_SECRET: 'secret', VONAGE_FROM: 'Ringback' };
const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+14155550199',
};
const PEOPLE = 100;
const AT_ONCE = 20;
/**
 * Requests that the first gateway reads and never answers: of every other one the message goes out.
 */
const UNANSWERED = 12;

/**
 * On a machine with too much to do, a request of twenty that meet at one budget may wait longer
 * than it is let: it is told so, nothing of it is kept, and it may come again.
 */
async function insistently(request: () => Promise<Outcome>, times = 3): Promise<Outcome> {
  const outcome = await request();
  return outcome.error === 'busy' && times > 1 ? insistently(request, times - 1) : outcome;
}

onBothDatabases('the first gateway dies while people register, 20 at a time', (database) => {
  let app: TestApp;
  let first: DyingGateway;
  let second: FakeTwilioMessages;
  beforeAll(async () => {
    const now = () => app.clock.now();
    first = await new DyingGateway({
      key: VONAGE.VONAGE_API_KEY,
      secret: VONAGE.VONAGE_API_SECRET,
      now,
    }).start();
    second = new FakeTwilioMessages({
      accountSid: TWILIO.TWILIO_ACCOUNT_SID,
      authToken: TWILIO.TWILIO_AUTH_TOKEN,
      now,
    });
    await second.start();
    const addresses = { VONAGE_URL: first.url, TWILIO_URL: second.url };
    app = await startApp({
      database,
      environment: {
        VERIFICATION_PROVIDER: 'self:vonage,self:twilio',
        ...VONAGE,
        ...TWILIO,
        ...addresses,
      },
    });
  });
  afterAll(async () => {
    await app.close();
    await second.close();
  });

  /** The codes that went out to a number, by either gateway. */
  const codes = (phoneNumber: string) =>
    [...first.messages, ...second.messages]
      .filter(({ to }) => to === phoneNumber)
      .map(({ text }) => /#(\d{6})$/.exec(text)?.[1] ?? '');

  const register = async (index: number) => {
    const form = oneOfMany(index);
    const person = new ApiPerson(app.url);
    expect(await insistently(() => person.register(form))).toEqual({ status: 201 });
    const { sent_at: sentAt, notice } = person.last?.body['confirmation'] as {
      sent_at: string | null;
      notice: string | null;
    };
    const isTold = sentAt !== null;
    expect(notice).toBe(isTold ? null : 'provider_unavailable');
    return { person, isTold, phoneNumber: form.phoneNumber };
  };
  const everybody = async () => {
    const registered: Awaited<ReturnType<typeof register>>[] = [];
    let next = 0;
    const worker = async () => {
      while (next < PEOPLE) registered.push(await register((next += 1)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return registered;
  };
  const rows = async () => {
    const counts = new Map<string, number>();
    for (const { provider, status } of await app.db.getRepository(SentMessage).find()) {
      const kind = `${provider} ${status}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  };

  it('each who is told of a message got one, each who is told of none gets it by asking again, and all are in', async () => {
    const healthy = PEOPLE * 0.4;
    const death = first.dieAfter(healthy, UNANSWERED);
    const registered = await everybody();
    await death;

    const [told, untold] = [
      registered.filter(({ isTold }) => isTold),
      registered.filter(({ isTold }) => !isTold),
    ];
    for (const { phoneNumber } of told) expect(codes(phoneNumber)).toHaveLength(1);
    // Some may have been in the air that the gateway did not come to read.
    expect([UNANSWERED <= untold.length, untold.length <= AT_ONCE]).toEqual([true, true]);
    const early = untold.map(({ phoneNumber }) => codes(phoneNumber));
    expect(early.filter(({ length }) => length === 1)).toHaveLength(UNANSWERED / 2);
    expect([first.messages.length, second.messages.length]).toEqual([
      healthy + UNANSWERED / 2,
      told.length - healthy,
    ]);

    for (const { person } of untold)
      expect(await person.resend()).toMatchObject({ status: 429, retryAfter: 30 });
    app.clock.advance(seconds(30));
    expect(await Promise.all(untold.map(({ person }) => person.resend()))).toEqual(
      untold.map(() => ({ status: 202 })),
    );
    for (const [at, { phoneNumber }] of untold.entries()) {
      const [before, now] = [early[at] ?? [], codes(phoneNumber)];
      expect(now).toHaveLength(before.length + 1);
      // Whichever text arrives first: it is one code.
      expect(new Set(now).size).toBe(1);
    }

    const finish = async ({ person, phoneNumber }: (typeof registered)[number]) =>
      person.confirm(codes(phoneNumber)[0] ?? '');
    for (let at = 0; at < PEOPLE; at += AT_ONCE) {
      const group = registered.slice(at, at + AT_ONCE);
      expect(await Promise.all(group.map(finish))).toEqual(
        Array(group.length).fill({ status: 200 }),
      );
    }
    expect(await app.db.getRepository(User).countBy({ phoneNumberVerified: true })).toBe(PEOPLE);
    expect(await rows()).toEqual({
      'self:vonage sent': healthy,
      'self:vonage unknown': untold.length,
      'self:twilio sent': PEOPLE - healthy,
    });
  }, 120_000);
});
