import { User } from '../../src/users/user.entity.js';
import { Installation } from './installation.js';

describe('perf-seed', () => {
  let installation: Installation;
  beforeEach(() => (installation = new Installation()));
  afterEach(() => installation.remove());

  it('makes users who differ in name and number and share one hash; a second run adds what is missing', async () => {
    expect((await installation.run('perf-seed 3')).output).toMatch(
      /^Users made: 3\nUsernames: perf0000001 to perf0000003\nPassword of each: .+\n$/,
    );
    await installation.query(({ manager }) => manager.delete(User, { username: 'perf0000002' }));
    expect((await installation.run('perf-seed 1100')).output).toMatch(/^Users made: 1098\n/);
    const users = await installation.rows(User);
    expect(users).toHaveLength(1100);
    expect(new Set(users.map(({ verifiedPhoneNumber }) => verifiedPhoneNumber)).size).toBe(1100);
    expect(
      users.every(
        ({ phoneNumber, verifiedPhoneNumber }) =>
          phoneNumber === verifiedPhoneNumber && /^\+1415[2-9]\d{6}$/.test(phoneNumber),
      ),
    ).toBe(true);
    expect(users.find(({ username }) => username === 'perf0001100')).toMatchObject({
      usernameKey: 'perf0001100',
      isStaff: false,
      changePw: false,
    });
  });

  it('is refused in production, before the database is touched', async () => {
    const production = {
      NODE_ENV: 'production',
      BCRYPT_COST: '12',
      VERIFICATION_PROVIDER: 'authy',
      AUTHY_KEY: 'key',
      DATABASE_URL: 'mysql://u@127.0.0.1:1/x',
    };
    const { status, error } = await installation.run('perf-seed 3', production);
    expect({ status, error }).toEqual({ status: 1, error: 'perf-seed is not for production.\n' });
  });
});
