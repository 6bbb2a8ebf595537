import fc from 'fast-check';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { Like } from 'typeorm';
import { days, seconds } from '../../src/common/clock.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { Lineup, LINEUP, type Asked } from '../support/lineup.js';
import type { Outcome } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { wrong } from '../support/ways.js';

const SEQUENCES = Number(process.env['TEST_SEQUENCES'] ?? 1);

const SENT: SendResult = { outcome: 'sent' };
const UNAVAILABLE: SendResult = { outcome: 'unavailable' };
const UNKNOWN: SendResult = { outcome: 'unknown' };
const answer = fc.constantFrom<SendResult>(
  SENT,
  UNAVAILABLE,
  UNAVAILABLE,
  UNKNOWN,
  { outcome: 'throttled', retryAfter: 17 },
  { outcome: 'refused', reason: 'unreachable' },
);
// All three at once, so that a sequence soon meets each kind of failure at each place.
const weather = fc.record({
  does: fc.constant('weather' as const),
  answers: fc.tuple(answer, answer, answer),
});
const step = fc.oneof(
  { weight: 5, arbitrary: weather },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('enter' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('resend' as const),
      channel: fc.constantFrom('sms' as const, 'call'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('confirm' as const), isRight: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      seconds: fc.constantFrom(10, 30, 60, 120, 540),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Weather = typeof weather extends fc.Arbitrary<infer T> ? T : never;

const all = (...answers: Weather['answers']): Weather => ({ does: 'weather', answers });
const RIGHT: Step = { does: 'confirm', isRight: true };

const isTaken = ({ outcome }: Asked) => outcome === 'sent';
const mayHaveBeenTaken = ({ outcome }: Asked) => outcome === 'sent' || outcome === 'unknown';

onBothDatabases('whatever three providers answer, whatever a person asks for', (database) => {
  const lineup = new Lineup();
  const seen = new Set<string>();
  let app: TestApp;
  let people = 0;
  beforeAll(async () => {
    app = await startApp({ database, ...lineup.options });
  });
  afterAll(() => app.close());

  /** One person, and what must be in the books by now. */
  class Story {
    private readonly form = oneOfMany((people += 1));
    private readonly person = new ApiPerson(app.url);
    private readonly rows: string[] = [];
    /**
     * The code in the person's hand, of which challenge, and whether its provider said that it went
     * out.
     */
    private hand: { code: string; challenge: number; isSure: boolean } | undefined;
    /** Messages that count, by challenge. */
    private readonly unanswered = new Map<number, number>();

    async take(action: Step): Promise<void> {
      if (action.does === 'wait') return app.clock.advance(seconds(action.seconds));
      if (action.does === 'weather')
        return LINEUP.forEach((name, at) => lineup.answer(action.answers[at] ?? SENT, name));
      if (action.does === 'enter') return this.enter();
      if (action.does === 'confirm') return this.confirm(action.isRight);
      await this.ask(() => this.person.resend(action.channel));
    }

    /** Registers, or logs in when that has been done. */
    async enter(): Promise<void> {
      if ((await this.person.where()) === 'active') {
        await this.ask(() => this.person.setTwoFactor(true));
        await this.person.logOut();
      }
      const { error } = await this.ask(() =>
        this.person.logIn(this.form.username, this.form.password),
      );
      if (error === 'invalid_credentials') await this.ask(() => this.person.register(this.form));
    }

    /**
     * Everybody is well again: with the waits that the answers tell, the person is in after a few
     * tries.
     */
    async finish(): Promise<void> {
      lineup.answer(SENT, ...LINEUP);
      for (let tries = 0; tries < 8 && (await this.person.where()) !== 'active'; tries += 1) {
        if ((await this.person.where()) === 'stranger') await this.enter();
        await this.ask(() => this.person.resend());
        await this.confirm(true);
        const { retry_after: retryAfter = 0 } = (this.person.last?.body ?? {}) as {
          retry_after?: number;
        };
        app.clock.advance(seconds(retryAfter));
      }
      expect(await this.person.where()).toBe('active');
    }

    async checkBooks(): Promise<void> {
      const rows = await app.db.getRepository(SentMessage).find({ order: { id: 'ASC' } });
      expect(rows.map(({ provider, status }) => `${provider} ${status}`)).toEqual(this.rows);
      const counted = lineup.asked.filter(mayHaveBeenTaken).length;
      const unanswered = [...this.unanswered.values()].reduce((sum, count) => sum + count, 0);
      for (const [budget, expected] of [
        ['all-day', counted],
        ['number-day', unanswered],
        ['account-day', unanswered],
      ] as const) {
        const found = await app.db.getRepository(Budget).findBy({ key: Like(`${budget}:%`) });
        expect([budget, found.reduce((sum, { count }) => sum + count, 0)]).toEqual([
          budget,
          expected,
        ]);
      }
    }

    /** One request that may bring a message. */
    private async ask(request: () => Promise<Outcome>): Promise<Outcome> {
      const before = lineup.asked.length;
      const outcome = await request();
      const asked = lineup.asked.slice(before);
      expect(outcome.status).not.toBe(500);
      expect(new Set(asked.map(({ by }) => by)).size).toBe(asked.length);
      for (const earlier of asked.slice(0, -1))
        expect(['unavailable', 'throttled']).toContain(earlier.outcome);
      if (asked.length > 0) expect(this.isToldAsSent()).toBe(asked.some(isTaken));
      await this.note(asked);
      return outcome;
    }

    private isToldAsSent(): boolean {
      const { confirmation } = this.person.last?.body as {
        confirmation?: { sent_at: string | null; notice: string | null };
      };
      return (
        confirmation?.sent_at === app.clock.now().toISOString() && confirmation.notice === null
      );
    }

    private async note(asked: readonly Asked[]): Promise<void> {
      const last = asked.at(-1);
      if (!last) return;
      seen.add(`${asked.length} asked: ${last.outcome}`);
      this.rows.push(`${last.by} ${mayHaveBeenTaken(last) ? last.outcome : 'failed'}`);
      const challenge = (await this.challenge())?.id ?? 0;
      if (this.hand?.challenge !== challenge) this.hand = undefined;
      if (mayHaveBeenTaken(last))
        this.unanswered.set(challenge, (this.unanswered.get(challenge) ?? 0) + 1);
      if (isTaken(last) || (mayHaveBeenTaken(last) && !this.hand?.isSure)) {
        this.hand = { code: last.code, challenge, isSure: isTaken(last) };
      }
    }

    private async confirm(isRight: boolean): Promise<void> {
      const challenge = await this.challenge();
      const hand = this.hand?.challenge === challenge?.id ? this.hand : undefined;
      const code = hand?.code ?? '999999';
      const { status, error } = await this.person.confirm(isRight ? code : wrong(code));
      expect(status).not.toBe(500);
      if (!isRight) return expect(status).not.toBe(200);
      if (!hand) return;
      expect(error).not.toBe('wrong_code');
      const untold = hand.isSure ? '' : ', by a message that nobody told of';
      if (status !== 200) return;
      // A right code gives the places of its challenge's messages back.
      this.unanswered.delete(challenge?.id ?? 0);
      seen.add(`in by ${challenge?.provider ?? ''}${untold}`);
    }

    private challenge(): Promise<Challenge | null> {
      return app.db
        .getRepository(Challenge)
        .findOne({ where: { phoneNumber: this.form.phoneNumber }, order: { id: 'DESC' } });
    }
  }

  it('no request brings two messages, the books tell what was taken, and the person gets in', async () => {
    const examples: [Weather, Step[]][] = [
      [all(UNAVAILABLE, UNAVAILABLE, SENT), [RIGHT]],
      [all(UNAVAILABLE, UNAVAILABLE, UNKNOWN), [RIGHT]],
      [all(UNKNOWN, SENT, SENT), [RIGHT]],
    ];
    await fc.assert(
      fc.asyncProperty(
        weather,
        fc.array(step, { minLength: 10, maxLength: 24 }),
        async (first, steps) => {
          await app.db.getRepository(SentMessage).clear();
          await app.db.getRepository(Budget).clear();
          lineup.recover();
          const story = new Story();
          for (const action of [first, { does: 'enter' } as const, ...steps]) {
            await story.take(action);
            await story.checkBooks();
          }
          await story.finish();
          app.clock.advance(days(2));
        },
      ),
      { numRuns: (database === 'SQLite' ? 25 : 8) * SEQUENCES, examples },
    );
    // Else the sequences would prove nothing.
    const untold = 'by a message that nobody told of';
    const must = [
      '3 asked: sent',
      'in by keeper',
      `in by keeper, ${untold}`,
      `in by self, ${untold}`,
    ];
    expect(must.filter((one) => !seen.has(one))).toEqual([]);
  });
});
