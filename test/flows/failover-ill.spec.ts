import { minutes, seconds } from '../../src/common/clock.js';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { ApiPerson } from '../support/api-person.js';
import { Lineup, type Name } from '../support/lineup.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

const FAILURES = ['unavailable', 'unknown'] as const;

describe('a provider that is ill', () => {
  let lineup: Lineup;
  let app: TestApp;
  beforeEach(async () => {
    lineup = new Lineup();
    app = await startApp(lineup.options);
  });
  afterEach(() => app.close());

  const fail = (
    outcome: SendResult['outcome'] & ('unavailable' | 'unknown'),
    ...names: readonly Name[]
  ) => lineup.answer({ outcome }, ...names);
  /** One registration, and who was asked for its code. */
  const register = async () => {
    const asked = lineup.asked.length;
    const person = new ApiPerson(app.url);
    expect(await person.register(somebody())).toEqual({ status: 201 });
    const { sent_at: sentAt } = person.last?.body['confirmation'] as { sent_at: string | null };
    return { names: lineup.names(asked), isSent: sentAt !== null };
  };
  const registrations = async (count: number) => {
    for (let at = 0; at < count; at += 1) await register();
  };

  it.each(FAILURES)(
    'is left alone after five that were %s, and people do not wait for it',
    async (outcome) => {
      fail(outcome, 'self:first');
      await registrations(5);
      expect(lineup.names().filter((name) => name === 'self:first')).toHaveLength(5);
      expect(await register()).toEqual({ names: ['self:second'], isSent: true });
      app.clock.advance(seconds(30) - 1);
      expect(await register()).toEqual({ names: ['self:second'], isSent: true });
    },
  );

  it('is tried again after 30 seconds, by one person whom the next provider serves if it is still ill', async () => {
    fail('unavailable', 'self:first');
    await registrations(5);
    app.clock.advance(seconds(30));
    expect(await register()).toEqual({ names: ['self:first', 'self:second'], isSent: true });
    expect(await register()).toEqual({ names: ['self:second'], isSent: true });
    app.clock.advance(minutes(1));
    lineup.recover();
    expect(await register()).toEqual({ names: ['self:first'], isSent: true });
    expect(await register()).toEqual({ names: ['self:first'], isSent: true });
  });

  it('is asked all the same when there is nobody else', async () => {
    lineup.route = () => ['self:first'];
    fail('unavailable', 'self:first');
    await registrations(5);
    expect(await register()).toEqual({ names: ['self:first'], isSent: false });
    lineup.answer({ outcome: 'sent' }, 'self:first');
    expect(await register()).toEqual({ names: ['self:first'], isSent: true });
  });

  it('is asked first, and alone, when all are ill', async () => {
    fail('unavailable', 'self:first', 'self:second', 'keeper');
    await registrations(5);
    expect(await register()).toEqual({ names: ['self:first'], isSent: false });
  });

  it('does not make the others ill: each sender has its own record, though they share a holder', async () => {
    fail('unavailable', 'self:first');
    await registrations(6);
    lineup.route = () => ['self:second', 'self:first', 'keeper'];
    expect(await register()).toEqual({ names: ['self:second'], isSent: true });
    fail('unavailable', 'self:second');
    expect(await register()).toEqual({ names: ['self:second', 'keeper'], isSent: true });
  });

  it('that refuses or throttles is not ill', async () => {
    lineup.answer({ outcome: 'throttled' }, 'self:first');
    await registrations(8);
    expect(await register()).toEqual({ names: ['self:first', 'self:second'], isSent: true });
    lineup.answer({ outcome: 'refused', reason: 'landline' }, 'self:first');
    for (let at = 0; at < 8; at += 1) await new ApiPerson(app.url).register(somebody());
    lineup.recover();
    expect(await register()).toEqual({ names: ['self:first'], isSent: true });
  });
});
