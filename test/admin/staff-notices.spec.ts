import { noticeText } from '../../src/notices/notice-text.js';
import type { NoticeKind } from '../../src/notices/notice.js';
import { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

const text = (kind: NoticeKind, locale: 'en' | 'es' = 'en') =>
  noticeText({ kind, locale, host: '127.0.0.1' });

onBothDatabases('what staff do is told to the phone', (database) => {
  let app: TestApp;
  let root: StaffPerson;
  let made = 0;
  beforeAll(async () => {
    app = await startApp({ database });
    await superuser(app);
    root = await StaffPerson.at(app, 'root');
  });
  afterAll(() => app.close());

  const somebodyElse = (rights: Parameters<typeof account>[2] = {}) =>
    account(app, `told${++made}`, rights);
  const edit = async ({ id }: User, form: Record<string, string>) =>
    expect((await root.edit(id, form)).json.notice?.type).toBe('success');

  it.each<[NoticeKind, Record<string, string>]>([
    ['password_changed', { new_password: 'a perfectly new phrase' }],
    ['two_factor_off', { two_factor_auth: 'false' }],
    ['username_changed', { username: 'renamed' }],
  ])('%s', async (kind, form) => {
    const user = await somebodyElse({ twoFactorAuth: true });
    await edit(user, form);
    expect(await app.noticesTo(user.phoneNumber)).toEqual([text(kind)]);
  });

  it('in the language of the account, never in that of the staff', async () => {
    const user = await somebodyElse();
    await app.db.getRepository(User).update({ id: user.id }, { locale: 'es' });
    await edit(user, { new_password: 'a perfectly new phrase' });
    expect(await app.noticesTo(user.phoneNumber)).toEqual([text('password_changed', 'es')]);
  });

  it('a changed number is told to the number before, and not to the new one, which nobody has proven', async () => {
    const user = await somebodyElse({ twoFactorAuth: true });
    const { phoneNumber } = somebody();
    await edit(user, {
      new_phone_number: phoneNumber,
      new_password: 'a perfectly new phrase',
      two_factor_auth: 'false',
    });
    expect(await app.db.getRepository(User).findOneByOrFail({ id: user.id })).toMatchObject({
      phoneNumber,
    });
    expect(await app.noticesTo(user.phoneNumber)).toEqual([text('number_changed')]);
    expect(await app.noticesTo(phoneNumber)).toEqual([]);
  });

  it('nothing goes to a number that was never proven, and nothing tells of a name or of a deactivation', async () => {
    const unproven = await somebodyElse();
    await app.db
      .getRepository(User)
      .update({ id: unproven.id }, { phoneNumberVerified: false, verifiedPhoneNumber: null });
    await edit(unproven, { new_phone_number: somebody().phoneNumber });
    const user = await somebodyElse();
    await edit(user, { full_name: 'Ada Lovelace' });
    await edit(user, { is_active: 'false' });
    for (const { phoneNumber } of [unproven, user])
      expect(await app.noticesTo(phoneNumber)).toEqual([]);
  });
});
