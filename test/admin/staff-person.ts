import type { Permission } from '../../src/users/groups/permissions.js';
import { UsersService } from '../../src/users/users.service.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { User } from '../../src/users/user.entity.js';
import { CookieJar } from '../support/cookie-jar.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { TestApp } from '../support/start-app.js';

type Rights = Partial<
  Pick<
    User,
    | 'isStaff'
    | 'isSuperuser'
    | 'isActive'
    | 'changePw'
    | 'twoFactorAuth'
    | 'phoneNumberVerified'
    | 'fullName'
  >
> & { permissions?: Permission[] };

/** Stores an account as it shall be, past every rule. */
export async function account(
  { app, db }: TestApp,
  username: string,
  rights: Rights = {},
): Promise<User> {
  const users = app.get(UsersService, { strict: false });
  const prepared = await users.prepare({ ...somebody(username), fullName: '' });
  const made = await app
    .get(UnitOfWork, { strict: false })
    .run((manager) =>
      users.createUser(manager, { ...prepared, changePw: false, phoneNumberVerified: true }),
    );
  await db.getRepository(User).update({ id: made.id }, { phoneNumberVerified: true, ...rights });
  return db.getRepository(User).findOneByOrFail({ id: made.id });
}

export const superuser = (app: TestApp, username = 'root') =>
  account(app, username, { isStaff: true, isSuperuser: true });

export interface PanelAnswer {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** What AdminJS answers, as far as tests look into it. */
export interface Json {
  code?: string;
  notice?: { type: string; message: string };
  records?: Row[];
  record?: Row;
  meta?: { total: number };
  redirectUrl?: string;
}

interface Row {
  id: string;
  params: Record<string, unknown>;
  errors: Record<string, { type?: string; message: string; account?: number }>;
  recordActions: { name: string }[];
}

const SAME_SITE = { 'sec-fetch-site': 'same-origin' };

/** A staff member's browser at the panel: the calls AdminJS' page makes. */
export class StaffPerson extends PagePerson {
  constructor(
    private readonly base: string,
    jar = new CookieJar(),
  ) {
    super(base, jar);
  }

  static async at({ url }: TestApp, username: string): Promise<StaffPerson> {
    const person = new StaffPerson(url);
    await person.logIn(username, PASSWORD);
    return person;
  }

  page(path = '/admin', headers: Record<string, string> = {}): Promise<PanelAnswer> {
    return this.request(path, { headers });
  }

  read(path: string, headers: Record<string, string> = SAME_SITE): Promise<PanelAnswer> {
    return this.request(`/admin/api${path}`, { headers });
  }

  send(
    path: string,
    form: Record<string, string> = {},
    headers: Record<string, string> = SAME_SITE,
  ): Promise<PanelAnswer> {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...form })) body.append(name, value);
    if (Object.keys(form).length === 0) body.append('confirmed', 'yes');
    return this.request(`/admin/api${path}`, { method: 'POST', body, headers });
  }

  edit(id: number, form: Record<string, string>): Promise<PanelAnswer> {
    return this.send(`/resources/users/records/${id}/edit`, form);
  }

  private async request(
    path: string,
    { headers, ...init }: RequestInit & { headers: Record<string, string> },
  ): Promise<PanelAnswer> {
    const response = await fetch(`${this.base}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { ...headers, cookie: this.jar.header() },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as Json) : {},
    };
  }
}
