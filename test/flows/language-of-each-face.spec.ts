import { LOCALES } from '../../src/common/locale.js';
import { User } from '../../src/users/user.entity.js';
import type { Person } from '../support/person.js';
import { StrictApi, type ApiDocument } from '../support/strict-api.js';
import { throughApi, throughPages, type Member, type Way } from '../support/ways.js';

const rowOf = ({ app }: Pick<Way, 'app'>, { form: { username } }: Member<Person>) =>
  app().db.getRepository(User).findOneByOrFail({ username });

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
