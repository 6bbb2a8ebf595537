import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { NewUser } from '../../src/users/users.repository.js';
import { UsersService } from '../../src/users/users.service.js';
import { ApiPerson } from './api-person.js';
import { onBothDatabases } from './databases.js';
import { throughEachFace } from './faces.js';
import { PagePerson } from './page-person.js';
import { somebody } from './people.js';
import type { Person, Registration } from './person.js';
import { startApp, type AppOptions, type TestApp } from './start-app.js';

/** A client and what its account was registered with. */
export interface Member<P extends Person> {
  person: P;
  form: Registration;
}

/** One face of one running application. The application is there from `beforeAll` on. */
export interface Way<P extends Person = Person> {
  face: Person['face'];
  app: () => TestApp;
  /** A client nobody knows yet. */
  visitor: () => P;
  /** Registered, the code not typed in yet. */
  newcomer: (form?: Partial<Registration>) => Promise<Member<P>>;
  /** Registered, confirmed, logged in. */
  member: (options?: { twoFactor?: boolean }) => Promise<Member<P>>;
}

type Suite<P extends Person> = (way: Way<P>) => void;
type Options = Omit<AppOptions, 'database' | 'use'>;

/** Both faces of one application, on each database. */
export const throughBothFaces = (name: string, suite: Suite<Person>, options: Options = {}): void =>
  onEachDatabase(name, options, (app) =>
    throughEachFace((person, face) => suite(wayOf(face, app, () => person(app().url)))),
  );

export const throughPages = (name: string, suite: Suite<PagePerson>, options: Options = {}): void =>
  onEachDatabase(name, options, (app) =>
    suite(wayOf('pages', app, () => new PagePerson(app().url))),
  );

export const throughApi = (name: string, suite: Suite<ApiPerson>, options: Options = {}): void =>
  onEachDatabase(name, options, (app) => suite(wayOf('api', app, () => new ApiPerson(app().url))));

function onEachDatabase(name: string, options: Options, suite: (app: () => TestApp) => void): void {
  onBothDatabases(name, (database) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startApp({ database, ...options });
    });
    afterAll(() => app.close());
    suite(() => app);
  });
}

function wayOf<P extends Person>(
  face: Person['face'],
  app: () => TestApp,
  visitor: () => P,
): Way<P> {
  const newcomer = async (given: Partial<Registration> = {}) => {
    const person = visitor();
    const form = { ...somebody(), ...given };
    expect(await person.register(form)).not.toHaveProperty('error');
    return { person, form };
  };
  const member = async ({ twoFactor = false } = {}) => {
    const { person, form } = await newcomer();
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    if (twoFactor) expect(await person.setTwoFactor(true)).not.toHaveProperty('error');
    return { person, form };
  };
  return { face, app, visitor, newcomer, member };
}

type Given = Partial<NewUser> & { twoFactorAuth?: boolean };

/**
 * An account that staff made: verified, with a password its holder keeps, unless told otherwise.
 */
export async function makeAccount({ app }: TestApp, given: Given = {}): Promise<Registration> {
  const form = somebody();
  const users = app.get(UsersService, { strict: false });
  const user = {
    ...(await users.prepare(form)),
    phoneNumberVerified: true,
    changePw: false,
    ...given,
  };
  await app.get(UnitOfWork, { strict: false }).run((manager) => users.createUser(manager, user));
  return form;
}

/** Six digits that are not the code. */
export const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');
