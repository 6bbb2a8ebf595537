import { seconds } from '../../src/common/clock.js';
import { LOCALES } from '../../src/common/locale.js';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import { User } from '../../src/users/user.entity.js';
import { UsersService } from '../../src/users/users.service.js';
import { acceptLanguage } from '../support/accept-language.js';
import type { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import type { Person } from '../support/person.js';
import { throughBothFaces, type Member, type Way } from '../support/ways.js';

const READS = {
  en: /is your Ringback code/,
  es: /es tu clave de Ringback/,
  fr: /est votre code Ringback/,
  de: /ist Ihr Ringback-Code/,
};

const choose = async (person: Person, locale: string | null): Promise<number> => {
  if (person instanceof PagePerson)
    return (await person.post('/dashboard/', { locale: locale ?? 'browser' })).status;
  return (await (person as ApiPerson).call('PATCH', '/me', { locale })).status;
};
const DONE = { pages: 303, api: 200 };

const rowOf = ({ app }: Pick<Way, 'app'>, { form: { username } }: Member<Person>) =>
  app().db.getRepository(User).findOneByOrFail({ username });

throughBothFaces('the language of messages', (way) => {
  const { app, face, newcomer, member } = way;
  const browserReads = acceptLanguage();
  beforeEach(() => browserReads('en'));

  const textFor = ({ form }: Member<Person>) =>
    app().app.get(InboxSender, { strict: false }).messages(form.phoneNumber)[0]?.text;
  const textOfNextLogIn = async (alice: Member<Person>) => {
    await alice.person.logOut();
    expect(await alice.person.logIn(alice.form.username, alice.form.password)).not.toHaveProperty(
      'error',
    );
    return textFor(alice);
  };
  const confirm = ({ person, form }: Member<Person>) =>
    person.confirm(app().codeFor(form.phoneNumber));

  it("is the browser's own while nobody chose one, registration included", async () => {
    browserReads('sv, de-AT;q=0.9, en;q=0.1');
    const alice = await newcomer();
    expect(textFor(alice)).toMatch(READS.de);
    expect(await rowOf(way, alice)).toMatchObject({ locale: null });
    await confirm(alice);
    await alice.person.setTwoFactor(true);
    browserReads('fr');
    expect(await textOfNextLogIn(alice)).toMatch(READS.fr);
  });

  it('is the chosen one from then on, whatever the browser says, and after each log-out', async () => {
    const alice = await member({ twoFactor: true });
    expect(await choose(alice.person, 'es')).toBe(DONE[face]);
    for (const header of ['fr', 'de;q=0.5', '*']) {
      browserReads(header);
      expect(await textOfNextLogIn(alice)).toMatch(READS.es);
      await confirm(alice);
    }
    expect(await rowOf(way, alice)).toMatchObject({ locale: 'es' });
  });

  it('is the chosen one when the code is sent again, too', async () => {
    const alice = await member({ twoFactor: true });
    await choose(alice.person, 'es');
    await textOfNextLogIn(alice);
    const sent = app().sent(alice.form.phoneNumber);
    browserReads('fr');
    app().clock.advance(seconds(30));
    expect(await alice.person.resend()).not.toHaveProperty('error');
    expect(app().sent(alice.form.phoneNumber)).toBe(sent + 1);
    expect(textFor(alice)).toMatch(READS.es);
  });

  it("is the browser's own again after the choice is taken back", async () => {
    const alice = await member({ twoFactor: true });
    await choose(alice.person, 'es');
    expect(await choose(alice.person, null)).toBe(DONE[face]);
    browserReads('fr');
    expect(await textOfNextLogIn(alice)).toMatch(READS.fr);
    expect(await rowOf(way, alice)).toMatchObject({ locale: null });
  });

  it.each(LOCALES)('can be %s, chosen twice as well as once', async (locale) => {
    const alice = await member();
    expect([await choose(alice.person, locale), await choose(alice.person, locale)]).toEqual([
      DONE[face],
      DONE[face],
    ]);
    expect(await rowOf(way, alice)).toMatchObject({ locale });
  });

  it('changes nothing else: no other column, no session, no message', async () => {
    const alice = await member({ twoFactor: true });
    const before = {
      ...(await rowOf(way, alice)),
      token: alice.person.token(),
      sent: app().sent(alice.form.phoneNumber),
    };
    await choose(alice.person, 'ar');
    const after = {
      ...(await rowOf(way, alice)),
      token: alice.person.token(),
      sent: app().sent(alice.form.phoneNumber),
    };
    expect(after).toEqual({ ...before, locale: 'ar' });
    expect(await alice.person.where()).toBe('active');
  });

  it("is nobody else's", async () => {
    const [alice, bob] = [await member(), await member()];
    await choose(alice.person, 'zh');
    expect(await rowOf(way, bob)).toMatchObject({ locale: null });
  });

  it('is not chosen by who has not confirmed yet', async () => {
    const alice = await newcomer();
    expect(await choose(alice.person, 'es')).toBe(face === 'pages' ? 303 : 403);
    expect(await rowOf(way, alice)).toMatchObject({ locale: null });
  });

  it('is refused when there is no such language, and stays', async () => {
    const alice = await member();
    await choose(alice.person, 'hi');
    for (const odd of [
      '',
      'sv',
      'ES',
      'es ',
      'pt-BR',
      'es,fr',
      'null',
      'toString',
      '__proto__',
      '<script>',
      'x'.repeat(10_000),
    ])
      expect([odd, await choose(alice.person, odd)]).toEqual([odd, face === 'pages' ? 400 : 422]);
    expect(await rowOf(way, alice)).toMatchObject({ locale: 'hi' });
  });

  it('cannot be set for an account that was deactivated or deleted meanwhile', async () => {
    const alice = await member();
    const { id } = await rowOf(way, alice);
    await app().db.getRepository(User).update({ id }, { isActive: false });
    const users = app().app.get(UsersService, { strict: false });
    for (const gone of [id, 987_654_321]) {
      const stored = { id: gone, fullName: '', locale: null };
      await expect(users.setLocale(stored, 'es')).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    }
    expect(await rowOf(way, alice)).toMatchObject({ locale: null });
  });
});
