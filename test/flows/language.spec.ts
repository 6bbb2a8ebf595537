import { seconds } from '../../src/common/clock.js';
import { LOCALES } from '../../src/common/locale.js';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import { User } from '../../src/users/user.entity.js';
import { UsersService } from '../../src/users/users.service.js';
import { acceptLanguage } from '../support/accept-language.js';
import type { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import type { Person } from '../support/person.js';
import { StrictApi, type ApiDocument } from '../support/strict-api.js';
import {
  throughApi,
  throughBothFaces,
  throughPages,
  type Member,
  type Way,
} from '../support/ways.js';

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

throughApi('the language of messages by API', (way) => {
  const { app, member } = way;
  const ask = async () => {
    const alice = await member();
    const api = (await StrictApi.at(app().url)).as(alice.person.token());
    return {
      alice,
      edit: (json: object) => api.call('PATCH', '/me', { json }),
      me: () => api.call('GET', '/me'),
    };
  };

  it('is part of the user, and changes together with the full name', async () => {
    const { edit, me } = await ask();
    expect((await me()).body).toMatchObject({ locale: null });
    const both = { full_name: 'Ada Lovelace', locale: 'pt' };
    expect(await edit(both)).toMatchObject({
      status: 200,
      body: { ...both, display_name: 'Ada Lovelace' },
    });
    expect((await edit({ full_name: 'Ada' })).body).toMatchObject({
      full_name: 'Ada',
      locale: 'pt',
    });
    expect((await edit({ locale: null })).body).toMatchObject({ full_name: 'Ada', locale: null });
    expect((await edit({})).body).toEqual((await me()).body);
  });

  it('is refused with every language named, beside whatever else is wrong; then nothing changes', async () => {
    const { alice, edit } = await ask();
    const { status, body } = await edit({ full_name: 'x'.repeat(131), locale: 'sv' });
    expect([status, body['code'], body['errors']]).toEqual([
      422,
      'validation_failed',
      [
        { pointer: '/full_name', code: 'too_long', detail: expect.any(String) as string },
        {
          pointer: '/locale',
          code: 'invalid',
          detail:
            'Choose one of en, es, fr, de, pt, hi, ar, zh, or null for the language of each request.',
        },
      ],
    ]);
    expect(await edit({ full_name: 'Ada', locale: 'sv' })).toMatchObject({ status: 422 });
    expect(await edit({ full_name: 'x'.repeat(131), locale: 'es' })).toMatchObject({ status: 422 });
    expect(await rowOf(way, alice)).toMatchObject({ fullName: '', fullNameKey: '', locale: null });
  });

  it.each([1, true, ['es'], { tag: 'es' }])('%j is no language: malformed', async (locale) => {
    const { edit } = await ask();
    const { status, body } = await edit({ locale });
    expect([status, body['errors']]).toEqual([
      400,
      [{ pointer: '/locale', code: 'invalid', detail: 'must be a string or null' }],
    ]);
  });

  it('is documented with the languages there are', async () => {
    const document = (await (await fetch(`${app().url}/docs-json`)).json()) as ApiDocument;
    const told = expect.arrayContaining([...LOCALES]) as string[];
    expect(document.paths['/api/v1/me']).toHaveProperty(
      [
        'patch',
        'requestBody',
        'content',
        'application/json',
        'schema',
        'properties',
        'locale',
        'enum',
      ],
      [...LOCALES, null],
    );
    expect(document.components).toHaveProperty(
      ['schemas', 'User', 'properties', 'locale', 'anyOf', '0', 'enum'],
      told,
    );
  });
});

throughPages('the language of messages on the dashboard', ({ member }) => {
  const selected = (html: string) => /<option value="(\w+)"[^>]* selected/.exec(html)?.[1];

  it('is shown as chosen, and the page says that it was saved', async () => {
    const { person } = await member();
    expect(selected((await person.get('/dashboard/')).html)).toBe('browser');
    expect(await person.post('/dashboard/', { locale: 'hi' })).toMatchObject({
      status: 303,
      location: '/dashboard/',
    });
    const { html, text } = await person.get('/dashboard/');
    expect(selected(html)).toBe('hi');
    expect(text).toContain('Your messages will come in the language you chose.');
    await person.post('/dashboard/', { locale: 'browser' });
    expect(selected((await person.get('/dashboard/')).html)).toBe('browser');
  });

  it("goes by a form of its own: with the other one's field as well, neither is set", async () => {
    const { person } = await member();
    expect(await person.post('/dashboard/', { locale: 'es', two_factor_auth: 'on' })).toMatchObject(
      { status: 400 },
    );
    const { html, text } = await person.get('/dashboard/');
    expect([selected(html), /Turn two-factor (\w+)/.exec(text)?.[1]]).toEqual(['browser', 'on']);
  });
});
