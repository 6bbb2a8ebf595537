import { after, days, hours, minutes, seconds } from '../common/clock.js';
import {
  atMost,
  atMostUnanswered,
  failuresInARow,
  failuresWithin,
  growingWait,
  type Rule,
  type Tally,
} from './rules.js';

const start = new Date('2026-03-01T12:00:00.000Z');

/** One rule, one subject, a clock to turn. */
class Subject {
  tally: Tally | undefined;
  now = start;

  constructor(private readonly rule: Rule) {}

  /** Milliseconds still to wait; 0 when it was let through. */
  ask(amount = 1): number {
    const live = this.tally && this.tally.expiresAt > this.now ? this.tally : undefined;
    const until = this.rule.refusedUntil(live, this.now, amount);
    if (until) return until.getTime() - this.now.getTime();
    this.tally = this.rule.next(live, this.now, amount) ?? undefined;
    return 0;
  }

  /** The one taken that long ago has been answered. */
  answer(ago = 0): void {
    if (this.tally) this.tally = this.rule.answered?.(this.tally, after(this.now, -ago));
  }

  wait(milliseconds: number): this {
    this.now = after(this.now, milliseconds);
    return this;
  }
}

describe('at most so many in a window', () => {
  it('refuses the next one until the window of the first ends', () => {
    const subject = new Subject(atMost(3, minutes(10), 'three'));
    expect([subject.ask(), subject.wait(minutes(4)).ask(), subject.ask()]).toEqual([0, 0, 0]);
    expect(subject.ask()).toBe(minutes(6));
    expect(subject.wait(minutes(6)).ask()).toBe(0);
  });
});

describe('at most so many unanswered in a window', () => {
  it.each([
    ['of one', atMost(2, minutes(10), 'two'), minutes(10), minutes(9)],
    ['of many', atMostUnanswered(2, minutes(10), 'two'), minutes(1), minutes(1)],
  ])(
    'gives the place of an answered one back, of the window it was counted in alone: %s',
    (_, rule, longest, later) => {
      const subject = new Subject(rule);
      expect([subject.ask(), subject.ask(), subject.ask()]).toEqual([0, 0, longest]);
      subject.wait(minutes(1)).answer(minutes(1));
      expect([subject.ask(), subject.ask()]).toEqual([0, later]);
      subject.wait(minutes(9));
      expect([subject.ask(), subject.ask()]).toEqual([0, 0]);
      subject.answer(minutes(3));
      expect(subject.ask()).toBe(longest);
    },
  );

  it('lets thirty who share a network and ask at once all have theirs within a few minutes, as codes are typed in', () => {
    const network = new Subject(atMostUnanswered(10, hours(1), 'network'));
    let waiting = 30;
    let passed = 0;
    while (waiting > 0) {
      const served = Array.from({ length: waiting }, () => network.ask()).filter(
        (wait) => wait === 0,
      ).length;
      waiting -= served;
      for (let answers = 0; answers < served; answers += 1) network.answer();
      network.wait(minutes(1));
      passed += 1;
    }
    expect(passed).toBeLessThanOrEqual(3);
  });

  it('tells no longer wait than its window has left', () => {
    const network = new Subject(atMostUnanswered(1, hours(1), 'network'));
    network.ask();
    expect(network.wait(minutes(59.5)).ask()).toBe(minutes(0.5));
    expect(network.wait(minutes(0.5)).ask()).toBe(0);
  });

  it('lets many people leave as many again unanswered, where five times as many answer', () => {
    const subject = new Subject(atMostUnanswered(2, hours(1), 'network'));
    const answered = (times: number) =>
      Array.from({ length: times }, () => [subject.ask(), subject.answer()]);
    answered(4);
    expect([subject.ask(), subject.ask(), subject.ask() > 0]).toEqual([0, 0, true]);
    answered(0);
    const other = new Subject(atMostUnanswered(2, hours(1), 'network'));
    for (let times = 0; times < 100; times += 1) {
      other.ask();
      other.answer();
    }
    expect([1, 2, 3, 4, 5].map(() => other.ask() > 0)).toEqual([false, false, false, false, true]);
  });
});

describe('at most so much money in a window', () => {
  it('lets through what still fits, and refuses what does not', () => {
    const subject = new Subject(atMost(100, days(1), 'spend'));
    expect([subject.ask(60), subject.ask(41) > 0, subject.ask(40), subject.ask(1) > 0]).toEqual([
      0,
      true,
      0,
      true,
    ]);
  });

  it('lets nothing through where nothing is allowed', () => {
    expect(new Subject(atMost(0, days(1), 'nothing')).ask()).toBe(days(1));
  });
});

describe('a growing wait', () => {
  const rule = growingWait([30, 40, 60, 90, 120].map(seconds), minutes(10), 'wait');

  it('grows along its steps and stays at the longest', () => {
    const subject = new Subject(rule);
    const waits = Array.from({ length: 6 }, () => {
      subject.ask();
      const wait = subject.ask();
      subject.wait(wait);
      return wait / 1000;
    });
    expect(waits).toEqual([30, 40, 60, 90, 120, 120]);
  });

  it('begins anew after ten quiet minutes', () => {
    const subject = new Subject(rule);
    subject.ask();
    subject.wait(seconds(30)).ask();
    subject.wait(minutes(10)).ask();
    expect(subject.ask()).toBe(seconds(30));
  });

  it('lasts and grows where a step is longer than what is remembered otherwise', () => {
    const subject = new Subject(growingWait([900, 1800].map(seconds), minutes(10), 'long'));
    subject.ask();
    expect(subject.wait(seconds(700)).ask()).toBe(seconds(200));
    expect(subject.wait(seconds(200)).ask()).toBe(0);
    expect(subject.ask()).toBe(seconds(1800));
  });
});

describe('failures in a row', () => {
  const rule = failuresInARow(
    { each: 10, firstWait: minutes(15), longestWait: days(1), lockAt: 100 },
    'failures',
  );
  const fail = (subject: Subject, times: number) =>
    Array.from({ length: times }, () => subject.ask());

  it('lets ten through, then waits, and doubles the wait each time, up to a day', () => {
    const subject = new Subject(rule);
    const waits = Array.from({ length: 9 }, () => {
      expect(fail(subject, 10)).toEqual(Array(10).fill(0));
      const wait = subject.ask();
      subject.wait(wait);
      return wait;
    });
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960].map(minutes).concat([days(1), days(1)]));
  });

  it('locks at a hundred, and no time opens it', () => {
    const subject = new Subject(rule);
    for (let ten = 0; ten < 10; ten += 1) {
      fail(subject, 10);
      subject.wait(days(2));
    }
    expect(subject.ask()).toBeGreaterThan(days(365));
    expect(subject.wait(days(3650)).ask()).toBeGreaterThan(days(365));
  });

  it('is forgotten after its time where it may be', () => {
    const subject = new Subject(
      failuresInARow(
        { each: 2, firstWait: minutes(1), longestWait: hours(1), forget: days(1) },
        'f',
      ),
    );
    fail(subject, 2);
    subject.wait(days(1) + minutes(1));
    expect(fail(subject, 2)).toEqual([0, 0]);
    expect(subject.ask()).toBe(minutes(1));
  });
});

describe('failures within a window', () => {
  const rule = failuresWithin(
    { each: 3, window: hours(1), firstWait: hours(1), longestWait: hours(4) },
    'within',
  );
  const fail = (subject: Subject, times: number) =>
    Array.from({ length: times }, () => subject.ask());

  it('never waits while fewer fail in each window, for however long', () => {
    const subject = new Subject(rule);
    for (let hour = 0; hour < 50; hour += 1) {
      expect(fail(subject, 2)).toEqual([0, 0]);
      subject.wait(hours(1));
    }
  });

  it('waits twice as long each time in turn, up to the longest, and forgets after a window without a wait', () => {
    const subject = new Subject(rule);
    const waits = Array.from({ length: 4 }, () => {
      fail(subject, 3);
      const wait = subject.ask();
      subject.wait(wait);
      return wait;
    });
    expect(waits).toEqual([1, 2, 4, 4].map(hours));
    subject.wait(hours(1));
    fail(subject, 3);
    expect(subject.ask()).toBe(hours(1));
  });
});
