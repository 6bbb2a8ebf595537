import { everyWay, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

everyWay('registration', ({ database, person }) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database });
  });
  afterAll(() => app.close());

  it('leads from the form over the code to the dashboard', async () => {
    const alice = person(app.url);
    const form = somebody();
    expect(await alice.register(form)).not.toHaveProperty('error');
    expect(await alice.where()).toBe('confirmation_required');
    expect(await alice.confirm(app.codeFor(form.phoneNumber))).not.toHaveProperty('error');
    expect(await alice.where()).toBe('active');
  });

  it('says a wrong code is wrong, with the tries left, and takes the right one after it', async () => {
    const alice = person(app.url);
    const form = somebody();
    await alice.register(form);
    const right = app.codeFor(form.phoneNumber);
    const wrong = right === '000000' ? '000001' : '000000';
    expect(await alice.confirm(wrong)).toMatchObject({ status: 422, error: 'wrong_code', attemptsLeft: 4 });
    await alice.confirm(right);
    expect(await alice.where()).toBe('active');
  });
});
