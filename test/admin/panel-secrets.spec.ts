import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser, type PanelAnswer } from './staff-person.js';

const RESOURCES = ['users', 'groups', 'sessions', 'challenges', 'messages', 'delivery', 'audit'];
const TRICKS = [
  '',
  '?perPage=500',
  '?perPage=-1&page=-5',
  '?perPage=NaN',
  '?sortBy=password&direction=asc',
  '?sortBy=token_hash',
  '?sortBy=__proto__',
  '?searchProperty=password',
  '?filters.password=bcrypt',
  '?filters.username_key=a',
  '?filters.token_hash=a',
  '?filters.nonce=a',
  '?filters.__proto__=a',
  '?filters.user_id=1',
  '?filters.user_id[]=1',
  '?filters.username=%25',
  '?filters.phone_number=%2B1',
  '?filters.date_joined~~from=junk&filters.date_joined~~to=2999-01-01',
  '?select=password',
  '?include=password&fields=password&properties=password',
];

describe('secrets and the panel', () => {
  let app: TestApp;
  let root: StaffPerson;
  let target: User;
  let secrets: string[];
  const answers: PanelAnswer[] = [];

  beforeAll(async () => {
    app = await startApp({ environment: { DEFAULT_COUNTRY: 'US' } });
    await superuser(app);
    target = await account(app, 'target', { twoFactorAuth: true });
    await account(app, 'auditor', { isStaff: true, permissions: ['audit.view'] });
    root = await StaffPerson.at(app, 'root');
    await StaffPerson.at(app, 'target'); // Its pending log-in: a session, a challenge, a code on its way.
    await root.send('/resources/groups/actions/new', {
      name: 'Readers',
      'permissions.0': 'users.view',
    });
    const users: User[] = await app.db.getRepository(User).find();
    const sessions: { token_hash: string }[] = await app.db.query(
      'SELECT token_hash FROM sessions',
    );
    const challenges: { nonce: string }[] = await app.db.query('SELECT nonce FROM challenges');
    expect(challenges).toHaveLength(1);
    secrets = [
      ...users.flatMap(({ password, phoneNumber }) => [
        password,
        phoneNumber,
        phoneNumber.slice(2),
      ]),
      ...sessions.map((session) => session.token_hash),
      ...challenges.map(({ nonce }) => nonce),
      root.token() ?? 'none',
      app.codeFor(target.phoneNumber),
      PASSWORD,
    ];
    expect(secrets.every((secret) => secret.length >= 6)).toBe(true);
  });
  afterAll(() => app.close());

  /** Everything the panel answers is looked through, once it is answered. */
  function note(answer: PanelAnswer): PanelAnswer {
    answers.push(answer);
    for (const secret of secrets) expect(answer.text).not.toContain(secret);
    // The name of the order that was asked for comes back; nothing was ordered by it.
    expect(answer.text.replace(/"sortBy":"\w*"/, '')).not.toMatch(
      /token_?hash|nonce"|provider_?reference|username_?key|bcrypt|verified_phone_number|next_?path/i,
    );
    return answer;
  }

  describe.each(RESOURCES)('no hash, token, code or whole number in any JSON of %s', (resource) => {
    it.each(TRICKS)('list and search %s', async (trick) => {
      const list = note(await root.read(`/resources/${resource}/actions/list${trick}`));
      expect(list.status).toBe(200);
      note(await root.read(`/resources/${resource}/actions/search/a${trick}`));
      note(await root.read(`/resources/${resource}/actions/search${trick}`));
    });

    it('every record, by every action, read and written', async () => {
      const { json } = await root.read(`/resources/${resource}/actions/list`);
      for (const { id } of json.records ?? []) {
        for (const action of [
          'show',
          'edit',
          'delete',
          'deactivate',
          'unlock',
          'turnTwoFactorOff',
          'endSession',
        ]) {
          note(await root.read(`/resources/${resource}/records/${id}/${action}`));
        }
        note(
          await root.send(`/resources/${resource}/records/${id}/edit`, {
            new_password: 'x',
            password: 'x',
            phone_number: '+1',
          }),
        );
      }
      note(
        await root.send(`/resources/${resource}/actions/new`, { new_password: 'x', password: 'x' }),
      );
    });

    it('the page itself', async () => {
      note(await root.page(`/admin/resources/${resource}`));
    });
  });

  it('something was looked through: the walk met the people it is about', () => {
    expect(answers.some(({ text }) => text.includes('"username":"target"'))).toBe(true);
    expect(answers.some(({ text }) => text.includes('"phone_number":"+1 ••••• •'))).toBe(true);
    expect(answers.some(({ text }) => text.includes('"attempts_left":5'))).toBe(true);
    expect(answers.some(({ text }) => text.includes('session.opened'))).toBe(true);
  });

  it('staff without `users.view` see no user populated beside what they may see', async () => {
    const auditor = await StaffPerson.at(app, 'auditor');
    await app.audited();
    const { text, json } = note(await auditor.read('/resources/audit/actions/list'));
    expect(json.records?.length).toBeGreaterThan(0);
    expect(text).not.toContain('"username"');
    const reference = note(await auditor.read('/resources/users/actions/search/t'));
    expect(reference.json.records).toEqual([]);
  });

  describe('people are found', () => {
    const names = async (query: string) =>
      (await root.read(`/resources/users/actions/list?${query}`)).json.records?.map(
        ({ params }) => params['username'],
      );

    it('by the beginning of a username, taking no sign for a wildcard', async () => {
      expect(await names('filters.username=TAR')).toEqual(['target']);
      expect(await names('filters.username=arget')).toEqual([]);
      expect(await names('filters.username=_arget')).toEqual([]);
    });

    it('by a whole phone number, however it is written, and not by a part of it', async () => {
      const national = target.phoneNumber.slice(2).replace(/^(...)(...)/, '($1) $2-');
      expect(await names(`filters.phone_number=${encodeURIComponent(target.phoneNumber)}`)).toEqual(
        ['target'],
      );
      expect(await names(`filters.phone_number=${encodeURIComponent(national)}`)).toEqual([
        'target',
      ]);
      expect(await names(`filters.phone_number=${target.phoneNumber.slice(-4)}`)).toEqual([]);
    });

    it('by their flags', async () => {
      expect(await names('filters.is_staff=true')).toEqual(['auditor', 'root']);
      expect(await names('filters.two_factor_auth=true')).toEqual(['target']);
    });

    it('in the order of their usernames, unless asked otherwise', async () => {
      expect(await names('')).toEqual(['auditor', 'root', 'target']);
      expect(await names('sortBy=username&direction=desc')).toEqual(['target', 'root', 'auditor']);
      expect(await names('sortBy=password&direction=asc')).toEqual(['auditor', 'root', 'target']);
    });
  });
});
