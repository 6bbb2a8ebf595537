import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { User } from '../../src/users/user.entity.js';
import { FakeTerminal } from './fake-terminal.js';
import { Installation } from './installation.js';

const PASSWORD = 'violet anchors drift';
const FLAGS = 'create-superuser --no-input --username root --phone-number +14155550100';

describe('create-superuser', () => {
  let installation: Installation;

  beforeEach(() => (installation = new Installation()));
  afterEach(() => installation.remove());

  const withPassword = (command: string, password = PASSWORD) =>
    installation.run(command, { SUPERUSER_PASSWORD: password });

  it('makes a superuser from flags and SUPERUSER_PASSWORD, vouches for the number, and leaves a trace', async () => {
    expect(await withPassword(`${FLAGS} --full-name Ann`)).toEqual({
      status: 0,
      output: 'Superuser created: root\n',
      error: '',
    });
    expect(await installation.rows(User)).toMatchObject([
      {
        username: 'root',
        fullName: 'Ann',
        phoneNumber: '+14155550100',
        verifiedPhoneNumber: '+14155550100',
        countryCode: 1,
        phoneNumberVerified: true,
        isStaff: true,
        isSuperuser: true,
        isActive: true,
        changePw: false,
        twoFactorAuth: false,
        registrationExpiresAt: null,
      },
    ]);
    expect(await installation.rows(AuditEvent)).toMatchObject([
      { name: 'user.created', userId: 1, address: null, agent: 'ringback' },
    ]);
  });

  it('takes a national number with its country code', async () => {
    const { status } = await withPassword(
      'create-superuser --no-input --username root --phone-number 9876543210 --country-code 91',
    );
    expect(status).toBe(0);
    expect(await installation.rows(User)).toMatchObject([
      { phoneNumber: '+919876543210', countryCode: 91 },
    ]);
  });

  it('--unverified vouches for nothing', async () => {
    expect((await withPassword(`${FLAGS} --unverified`)).status).toBe(0);
    expect(await installation.rows(User)).toMatchObject([
      { phoneNumberVerified: false, verifiedPhoneNumber: null, isSuperuser: true },
    ]);
  });

  it('stores no password but its hash, and prints neither', async () => {
    const { output, error } = await withPassword(FLAGS);
    const [user] = await installation.rows(User);
    expect(user!.password).toMatch(/^bcrypt-hmac-sha384\$/);
    expect(JSON.stringify([user, output, error])).not.toContain(PASSWORD);
    expect(output + error).not.toContain('$2b$');
  });

  it.each([
    ['a short password', FLAGS, 'w7$k', /^Password: .+\n$/],
    [
      'a password like the username',
      FLAGS.replace('root', 'margarethe'),
      'margarethe1',
      /^Password: .+\n$/,
    ],
    [
      'a phone number that is none',
      FLAGS.replace('+14155550100', '12'),
      PASSWORD,
      /^Phone number: Enter a valid phone number\.\n$/,
    ],
    [
      'a country code that there is not',
      `${FLAGS} --country-code 999`,
      PASSWORD,
      /^Country code: .+\n$/,
    ],
    [
      'an empty username',
      FLAGS.replace('root', ''),
      PASSWORD,
      /^Username: This field is required\.\n$/,
    ],
  ])('refuses %s in one line and stores nothing', async (_, command, password, sentence) => {
    const { status, output, error } = await withPassword(command, password);
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(error).toMatch(sentence);
    expect(error).not.toContain(password);
    expect(await installation.rows(User)).toEqual([]);
  });

  it('names every refused field at once', async () => {
    const { status, error } = await withPassword(
      'create-superuser --no-input --username a!b --phone-number 12',
      '123',
    );
    expect(status).toBe(1);
    expect(error).toMatch(/^Username: .+ Phone number: .+ Password: .+\n$/);
  });

  it('refuses a taken username, whatever its case, and a number someone else has proven', async () => {
    await withPassword(FLAGS);
    expect(await withPassword(FLAGS.replace('root', 'ROOT'))).toEqual({
      status: 1,
      output: '',
      error: 'A user with that username already exists.\n',
    });
    const other = await withPassword(FLAGS.replace('root', 'other'));
    expect(other).toEqual({
      status: 1,
      output: '',
      error: 'Another user with this phone number already exists\n',
    });
    expect(await installation.rows(User)).toHaveLength(1);
  });

  it('takes over the name of a registration nobody finished in time', async () => {
    await withPassword(FLAGS);
    const expired = {
      isStaff: false,
      isSuperuser: false,
      phoneNumberVerified: false,
      verifiedPhoneNumber: null,
      registrationExpiresAt: new Date('2020-01-01'),
    };
    await installation.query((dataSource) => dataSource.manager.update(User, { id: 1 }, expired));
    expect(await withPassword(FLAGS)).toMatchObject({ status: 0, error: '' });
    expect(await installation.rows(User)).toMatchObject([{ username: 'root', isSuperuser: true }]);
  });

  it('without SUPERUSER_PASSWORD refuses, and asks nothing', async () => {
    const { status, error } = await installation.run(FLAGS);
    expect({ status, error }).toEqual({
      status: 1,
      error: 'With --no-input, the password comes from SUPERUSER_PASSWORD, which is not set.\n',
    });
  });

  it('without a terminal refuses to ask', async () => {
    const { status, error } = await withPassword('create-superuser --username root');
    expect(status).toBe(1);
    expect(error).toMatch(/^There is no terminal .+\n$/);
  });

  it('asks username, full name, phone number, country code, password, password again; passwords do not show', async () => {
    const terminal = new FakeTerminal().willAnswer(
      'root',
      'Ann Lee',
      '9876543210',
      '91',
      PASSWORD,
      PASSWORD,
    );
    expect(await installation.runAt(terminal, 'create-superuser')).toBe(0);
    const labels = [
      'Username: root',
      'Full name: Ann Lee',
      'Phone number: 9876543210',
      'Country code (.+): 91',
      'Password: ',
      'Password \\(again\\): ',
    ];
    expect(terminal.screen).toMatch(
      new RegExp(`^${labels.join('\n')}\nSuperuser created: root\n$`),
    );
    expect(terminal.isRaw).toBe(false);
    expect(await installation.rows(User)).toMatchObject([
      { username: 'root', fullName: 'Ann Lee', phoneNumber: '+919876543210', isSuperuser: true },
    ]);
  });

  it('asks again where an answer is refused, and says why', async () => {
    await withPassword(FLAGS.replace('root', 'taken'));
    const terminal = new FakeTerminal().willAnswer(
      'a!b',
      'Taken',
      'root',
      'bell\ue000',
      'Ann',
      'letters',
      '',
      '+12',
      '12',
      '1',
      '+919876543210',
      '999',
      '91',
      'short',
      'violet anchors',
      'violet anchor',
      PASSWORD,
      PASSWORD,
    );
    expect(await installation.runAt(terminal, 'create-superuser')).toBe(0);
    for (const sentence of [
      'A username may hold',
      'A user with that username already exists.',
      'without control characters',
      'Enter a valid phone number.',
      'Choose a country code from the list.',
      'Passwords do not match',
      'Superuser created: root',
    ])
      expect(terminal.screen).toContain(sentence);
    for (const secret of ['short', 'violet'])
      expect(terminal.screen.replace(/too short/g, '')).not.toContain(secret);
    expect(await installation.rows(User)).toMatchObject([
      {},
      { username: 'root', phoneNumber: '+919876543210' },
    ]);
  });

  it('asks only for what no flag gives', async () => {
    const terminal = new FakeTerminal().willAnswer(PASSWORD, PASSWORD);
    const flags =
      'create-superuser --username root --full-name Ann --phone-number +14155550100 --country-code 1';
    expect(await installation.runAt(terminal, flags)).toBe(0);
    expect(terminal.screen).toMatch(/^Password: /);
  });

  it('a refused flag is not asked for', async () => {
    const terminal = new FakeTerminal();
    expect(await installation.runAt(terminal, 'create-superuser --username a!b')).toBe(1);
    expect(terminal.screen).toMatch(/^Username: A username may hold/);
  });

  it('ctrl-C ends quietly with 1, gives the terminal back and stores nothing', async () => {
    const terminal = new FakeTerminal().willAnswer('root', 'Ann', '+14155550100', '', 'half\u0003');
    expect(await installation.runAt(terminal, 'create-superuser')).toBe(1);
    expect(terminal.screen).toMatch(/Password: \n$/);
    expect([terminal.isRaw, terminal.isListening]).toEqual([false, false]);
    expect(await installation.rows(User)).toEqual([]);
  });
});
