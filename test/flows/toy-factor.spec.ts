import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { ToyFactor } from '../support/toy.factor.js';
import { account, StaffPerson } from '../admin/staff-person.js';

onBothDatabases('a factor that is no phone', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database, factors: (phone) => [new ToyFactor(), phone] });
    await account(app, 'alice', { twoFactorAuth: true });
    await account(app, 'root', { twoFactorAuth: true, isStaff: true, isSuperuser: true });
  });
  afterAll(() => app.close());

  const faces = [
    ['pages', () => new PagePerson(app.url)],
    ['api', () => new ApiPerson(app.url)],
  ] as const;

  describe.each(faces)('through %s', (_face, visitor) => {
    it('is asked at the log-in, refuses a wrong answer, and lets in by the right one', async () => {
      const person = visitor();
      await person.logIn('alice', PASSWORD);
      expect(await person.where()).toBe('confirmation_required');
      const refused = await person.confirm('no');
      expect(refused).toMatchObject({ error: 'wrong_code', attemptsLeft: 4 });
      const pending = person.token();
      expect(await person.confirm('yes')).not.toHaveProperty('error');
      expect(await person.where()).toBe('active');
      expect(person.token()).not.toBe(pending);
    });

    it('is asked again without a message', async () => {
      const person = visitor();
      await person.logIn('alice', PASSWORD);
      await person.confirm('no');
      expect(await person.resend()).not.toHaveProperty('error');
      expect(await person.confirm('no')).toMatchObject({ attemptsLeft: 4 });
      expect(await person.confirm('yes')).not.toHaveProperty('error');
    });

    it('stands before a change of the second factor', async () => {
      const person = visitor();
      await person.logIn('root', PASSWORD);
      await person.confirm('yes');
      expect(await person.setTwoFactor(false)).toMatchObject({ error: 'step_up_required' });
      expect(await person.confirm('yes')).not.toHaveProperty('error');
      if (person.face === 'api') await person.setTwoFactor(false);
      expect(await person.setTwoFactor(true)).not.toHaveProperty('error');
    });
  });

  it('has a page that speaks of no number and no message', async () => {
    const person = new PagePerson(app.url);
    await person.logIn('alice', PASSWORD);
    const { text } = await person.get('/verify/');
    expect(text).toContain('Confirm your good will');
    expect(text).not.toMatch(/Your number|Resend|••/);
  });

  it('has an answer of the API without the parts of a message', async () => {
    const person = new ApiPerson(app.url);
    await person.logIn('alice', PASSWORD);
    expect(person.last?.body['confirmation']).toEqual({
      purpose: 'login',
      expires_at: expect.any(String) as string,
      attempts_left: 5,
    });
  });

  it('opens the panel to staff, which shows by what a session was proven', async () => {
    const root = await StaffPerson.at(app, 'root');
    expect((await root.page()).headers.get('location')).toBe('/verify/');
    await root.confirm('yes');
    expect((await root.page()).status).toBe(200);
    const { json } = await root.read('/resources/sessions/actions/list');
    expect(JSON.stringify(json.records)).toMatch(/password[^}]*toy/);
  });

  it('leaves the proof of a number to the phone', async () => {
    const person = new ApiPerson(app.url);
    const form = { username: 'bob', password: PASSWORD, phoneNumber: '+12124560177' };
    await person.register(form);
    expect(await person.confirm('yes')).toMatchObject({ error: 'validation_failed' });
    expect(await person.confirm(app.codeFor(form.phoneNumber))).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  });
});
