import { AccountEvents } from '../../src/common/account-events.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { minutes, seconds } from '../../src/common/clock.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { noticeText } from '../../src/notices/notice-text.js';
import type { NoticeKind } from '../../src/notices/notice.js';
import { User } from '../../src/users/user.entity.js';
import { acceptLanguage } from '../support/accept-language.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { makeAccount, throughBothFaces, wrong } from '../support/ways.js';

const text = (kind: NoticeKind, locale: User['locale'] = 'en') =>
  noticeText({ kind, locale: locale ?? 'en', host: '127.0.0.1' });

throughBothFaces('a phone is told', ({ app, visitor, newcomer, member }) => {
  const asks = acceptLanguage();
  beforeEach(() => asks('en'));
  const told = (phoneNumber: string) => app().noticesTo(phoneNumber);
  const rowOf = (username: string) => app().db.getRepository(User).findOneByOrFail({ username });
  const audited = async (name: string, userId: number): Promise<{ details: string }[]> => {
    await app().audited();
    return app().db.query('SELECT details FROM audit_events WHERE name = ? AND user_id = ?', [
      name,
      userId,
    ]);
  };

  it('when the person changes the password; books and audit log know of it, and codes are found as before', async () => {
    const { person, form } = await member();
    expect(
      await person.changePassword(form.password, 'another Secret phrase 7391'),
    ).not.toHaveProperty('error');
    expect(await told(form.phoneNumber)).toEqual([text('password_changed')]);
    expect(app().codeFor(form.phoneNumber)).toMatch(/^\d{6}$/);
    const { id } = await rowOf(form.username);
    const [row] = await app().db.getRepository(SentMessage).findBy({ userId: id, kind: 'notice' });
    expect(row).toMatchObject({
      provider: 'self:inbox',
      channel: 'sms',
      country: 'US',
      status: 'sent',
      confirmedAt: null,
    });
    const [event] = await audited('notice.sent', id);
    expect(JSON.parse(event?.details ?? '')).toEqual({
      notice: 'password_changed',
      provider: 'self:inbox',
      country: 'US',
    });
  });

  it('when the second factor goes on, and when it goes off', async () => {
    const { person, form } = await member({ twoFactor: true });
    app().clock.advance(seconds(31));
    await person.setTwoFactor(false);
    expect(await told(form.phoneNumber)).toEqual([text('two_factor_on')]);
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    await person.setTwoFactor(false);
    expect(await told(form.phoneNumber)).toEqual([text('two_factor_on'), text('two_factor_off')]);
  });

  it("in the account's own language, else in that of the request", async () => {
    const { person, form } = await member();
    asks('de-AT,de;q=0.9');
    await person.changePassword(form.password, 'another Secret phrase 7391');
    await told(form.phoneNumber);
    await app().db.getRepository(User).update({ username: form.username }, { locale: 'pt' });
    await person.changePassword('another Secret phrase 7391', 'a third Secret phrase 7391');
    expect(await told(form.phoneNumber)).toEqual([
      text('password_changed', 'de'),
      text('password_changed', 'pt'),
    ]);
  });

  it('when the last try of a log-in is wrong, not before, and at most every 10 minutes', async () => {
    const form = await makeTwoFactorAccount(app());
    const person = visitor();
    await person.logIn(form.username, form.password);
    const bad = wrong(app().codeFor(form.phoneNumber));
    for (let tries = 0; tries < 4; tries += 1) await person.confirm(bad);
    expect(await told(form.phoneNumber)).toEqual([]);
    expect(await person.confirm(bad)).toMatchObject({ error: 'wrong_code', attemptsLeft: 0 });
    expect(await told(form.phoneNumber)).toEqual([text('wrong_codes')]);

    app().clock.advance(minutes(10) - 1);
    await person.resend();
    for (let tries = 0; tries < 5; tries += 1)
      await person.confirm(wrong(app().codeFor(form.phoneNumber)));
    expect(await told(form.phoneNumber)).toEqual([text('wrong_codes')]);
    app().clock.advance(1);
    expect(await person.confirm(bad)).toMatchObject({ error: 'too_many_attempts' });
    expect(await told(form.phoneNumber)).toEqual([text('wrong_codes'), text('wrong_codes')]);
  });

  it('of a log-in on a new device', async () => {
    const form = await makeAccount(app());
    const { id } = await rowOf(form.username);
    app()
      .app.get(AccountEvents)
      .emit({ name: 'device.new', userId: id, client: { ...LOCAL_CLIENT, locale: 'fr' } });
    expect(await told(form.phoneNumber)).toEqual([text('new_device', 'fr')]);
  });

  it('that its number was proven again; whoever did it gets the same answer, and the events name no number', async () => {
    const owner = await makeAccount(app());
    const stranger = await newcomer({ phoneNumber: owner.phoneNumber });
    expect(await told(owner.phoneNumber)).toEqual([]);
    const answer = await stranger.person.confirm(app().codeFor(owner.phoneNumber));
    expect(answer).toMatchObject({ error: 'phone_number_taken' });
    expect(await told(owner.phoneNumber)).toEqual([text('number_taken')]);
    expect(await audited('notice.sent', (await rowOf(owner.username)).id)).toHaveLength(1);
    app().clock.advance(seconds(31));
    const again = await newcomer({
      phoneNumber: owner.phoneNumber,
      username: stranger.form.username,
    });
    expect(await again.person.confirm(app().codeFor(owner.phoneNumber))).toEqual(answer);
    expect(await told(owner.phoneNumber)).toHaveLength(1);
  });

  it('only if it is proven, and only while the account is active', async () => {
    const { person, form } = await newcomer();
    for (let tries = 0; tries < 5; tries += 1)
      await person.confirm(wrong(app().codeFor(form.phoneNumber)));
    const made = await makeAccount(app(), { phoneNumberVerified: false });
    const closed = await makeAccount(app(), { isActive: false });
    for (const { username } of [made, closed]) {
      const { id } = await rowOf(username);
      app().app.get(AccountEvents).emit({ name: 'device.new', userId: id, client: LOCAL_CLIENT });
    }
    for (const { phoneNumber } of [form, made, closed]) expect(await told(phoneNumber)).toEqual([]);
  });
});
