import { days, minutes, seconds } from '../../src/common/clock.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { everyWay, somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { throughBothFaces, wrong } from '../support/ways.js';

// One number for each try: a proven one is somebody's.
const NUMBERS = Array.from({ length: 40 }, (_, index) => `+14155550${100 + index}`);
const codeOf = (phoneNumber: string): string =>
  String(731_009 + 7919 * NUMBERS.indexOf(phoneNumber)).slice(-6);
const TEST_NUMBERS = NUMBERS.map((phoneNumber) => `${phoneNumber}=${codeOf(phoneNumber)}`).join(
  ';',
);

const WRONG = { status: 422, error: 'wrong_code' };
const fresh = [...NUMBERS];
const nextNumber = (): string => fresh.shift() ?? '';

throughBothFaces(
  'a test number',
  ({ app, newcomer, visitor, member }) => {
    beforeEach(() => app().clock.advance(minutes(11)));
    const testNewcomer = () => newcomer({ phoneNumber: nextNumber() });

    it('gets no message, and its code works', async () => {
      const { person, form } = await testNewcomer();
      expect(await person.where()).toBe('confirmation_required');
      expect(await person.confirm(codeOf(form.phoneNumber))).not.toHaveProperty('error');
      expect(await person.where()).toBe('active');
      expect(app().sent(form.phoneNumber)).toBe(0);
    });

    it('gets no call either', async () => {
      const { person, form } = await testNewcomer();
      app().clock.advance(seconds(30));
      expect(await person.resend('call')).not.toHaveProperty('error');
      expect(app().sent(form.phoneNumber)).toBe(0);
      expect(await person.confirm(codeOf(form.phoneNumber))).not.toHaveProperty('error');
    });

    it('proves a log-in, too', async () => {
      const { person, form } = await testNewcomer();
      await person.confirm(codeOf(form.phoneNumber));
      await person.setTwoFactor(true);
      const again = visitor();
      await again.logIn(form.username, form.password);
      expect(await again.where()).toBe('confirmation_required');
      expect(await again.confirm(codeOf(form.phoneNumber))).not.toHaveProperty('error');
      expect(await again.where()).toBe('active');
      expect(app().sent(form.phoneNumber)).toBe(0);
    });

    it('takes no other code, that of another test number neither, and five tries at most', async () => {
      const { person, form } = await testNewcomer();
      const right = codeOf(form.phoneNumber);
      expect(await person.confirm(codeOf(NUMBERS[0]!))).toMatchObject({
        ...WRONG,
        attemptsLeft: 4,
      });
      for (let left = 3; left >= 0; left -= 1)
        expect(await person.confirm(wrong(right))).toMatchObject(WRONG);
      expect(await person.confirm(right)).toMatchObject({
        status: 429,
        error: 'too_many_attempts',
      });
      expect(await person.where()).toBe('confirmation_required');
    });

    it('waits like any other, and gets five in 10 minutes', async () => {
      const { person } = await testNewcomer();
      expect(await person.resend()).toMatchObject({
        status: 429,
        error: 'too_many_requests',
        retryAfter: 30,
      });
      for (const wait of [30, 40, 60, 90]) {
        app().clock.advance(seconds(wait));
        expect(await person.resend()).not.toHaveProperty('error');
      }
      app().clock.advance(seconds(120));
      expect(await person.resend()).toMatchObject({ status: 429, error: 'too_many_requests' });
    });

    it('changes nothing for other numbers', async () => {
      const { person, form } = await newcomer();
      expect(app().sent(form.phoneNumber)).toBe(1);
      const code = app().codeFor(form.phoneNumber);
      const given = NUMBERS.map(codeOf).find((other) => other !== code) ?? '';
      expect(await person.confirm(given)).toMatchObject(WRONG);
      expect(await person.confirm(code)).not.toHaveProperty('error');
      await member({ twoFactor: true });
    });

    it('stands in the books under a name of its own, without its code', async () => {
      const { form } = await testNewcomer();
      const messages = await app().db.manager.find(SentMessage, {
        where: { kind: 'otp' },
        order: { id: 'DESC' },
        take: 1,
      });
      expect(messages).toMatchObject([{ provider: 'test', status: 'sent' }]);
      const tables = await Promise.all(
        ['challenges', 'sent_messages'].map((table) => app().db.query(`SELECT * FROM ${table}`)),
      );
      expect(JSON.stringify(tables)).not.toContain(codeOf(form.phoneNumber));
      expect(app().logs.join()).not.toContain(codeOf(form.phoneNumber));
    });
  },
  { environment: { TEST_NUMBERS } },
);

everyWay('a test number whose day is over', ({ database, person }) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({
      database,
      environment: { TEST_NUMBERS, TEST_NUMBERS_UNTIL: '2026-03-01' },
    });
    app.clock.advance(days(1) / 2 - minutes(1)); // 23:59
  });
  afterEach(() => app.close());

  const register = async (): Promise<{ someone: Person; phoneNumber: string; code: string }> => {
    const phoneNumber = NUMBERS[0]!;
    const someone = person(app.url);
    expect(await someone.register({ ...somebody(), phoneNumber })).not.toHaveProperty('error');
    return { someone, phoneNumber, code: codeOf(phoneNumber) };
  };

  it('has been one to its last millisecond', async () => {
    app.clock.advance(minutes(1) - 1);
    const { someone, phoneNumber, code } = await register();
    expect(app.sent(phoneNumber)).toBe(0);
    expect(await someone.confirm(code)).not.toHaveProperty('error');
  });

  it('is a number like any other', async () => {
    app.clock.advance(minutes(1));
    const { someone, phoneNumber, code } = await register();
    expect(app.sent(phoneNumber)).toBe(1);
    expect(await someone.confirm(code)).toMatchObject(WRONG);
    expect(await someone.confirm(app.codeFor(phoneNumber))).not.toHaveProperty('error');
  });

  it('has no code any more, that of an open confirmation neither: a message brings one', async () => {
    const { someone, phoneNumber, code } = await register();
    app.clock.advance(minutes(1));
    expect(await someone.confirm(code)).toHaveProperty('error');
    expect(await someone.where()).toBe('confirmation_required');
    await someone.resend();
    expect(app.sent(phoneNumber)).toBe(1);
    expect(await someone.confirm(app.codeFor(phoneNumber))).not.toHaveProperty('error');
  });
});
