import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { KnownDevice } from '../../src/auth/sessions/known-device.entity.js';
import { KnownDevicesService } from '../../src/auth/sessions/known-devices.service.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { days } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { signDevice } from '../../src/auth/sessions/device-token.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { User } from '../../src/users/user.entity.js';
import { UsersService } from '../../src/users/users.service.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Person, Registration } from '../support/person.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { throughBothFaces } from '../support/ways.js';

const SECRET_KEY = [
  'the new key of more than 32 characters',
  'the old key of more than 32 characters',
];
const environment = { SECRET_KEY: SECRET_KEY.join() };

throughBothFaces(
  'a device that an account is known on',
  ({ app, face, visitor, member }) => {
    const idOf = async ({ username }: Registration) =>
      (await app().db.getRepository(User).findOneByOrFail({ username })).id;
    const told = async (form: Registration) => {
      await app().audited();
      return app()
        .db.getRepository(AuditEvent)
        .countBy({ userId: await idOf(form), name: 'device.new' });
    };
    const devices = async (form: Registration) =>
      app()
        .db.getRepository(KnownDevice)
        .findBy({ userId: await idOf(form) });
    /** Logs in; which device the session runs on. */
    async function deviceOf(person: Person, form: Registration, password = PASSWORD) {
      expect(await person.logIn(form.username, password)).not.toHaveProperty('error');
      const [newest] = await app()
        .db.getRepository(Session)
        .find({ where: { userId: await idOf(form) }, order: { id: 'DESC' } });
      return newest?.deviceId ?? null;
    }
    /** Somebody else's client that holds the same tokens. */
    const copyOf = (tokens: string) => {
      const thief = visitor();
      thief.holdDevice(tokens);
      return thief;
    };

    it('is so from the registration on, without a word', async () => {
      const { person, form } = await member();
      await person.logOut();
      expect(await deviceOf(person, form)).not.toBeNull();
      expect(await told(form)).toBe(0);
      expect(await devices(form)).toMatchObject([{ confirmedAt: expect.any(Date) as Date }]);
    });

    it('is told of once when a code was right there, and known from then on', async () => {
      const form = await makeTwoFactorAccount(app());
      const person = visitor();
      expect(await deviceOf(person, form)).toBeNull();
      expect([person.device(), await told(form)]).toEqual(['', 0]);
      await person.confirm(app().codeFor(form.phoneNumber));
      expect(await told(form)).toBe(1);
      await person.logOut();
      expect(await deviceOf(person, form)).not.toBeNull();
      await person.confirm(app().codeFor(form.phoneNumber));
      expect(await told(form)).toBe(1);
    });

    it('is told of once when a password alone got in, and has nothing of its own', async () => {
      const { form } = await member();
      const stranger = visitor();
      expect(await deviceOf(stranger, form)).toBeNull();
      await stranger.logOut();
      expect(await deviceOf(stranger, form)).toBeNull();
      expect(await told(form)).toBe(1);
      expect(await deviceOf(visitor(), form)).toBeNull();
      expect(await told(form)).toBe(2);
    });

    // A program keeps the token of each account by itself.
    if (face === 'pages')
      it('can be one browser of several people', async () => {
        const { person, form } = await member();
        await person.logOut();
        const other = somebody();
        await person.register(other);
        await person.confirm(app().codeFor(other.phoneNumber));
        const seen = [];
        for (const mine of [form, other, form]) {
          await person.logOut();
          seen.push(await deviceOf(person, mine));
        }
        expect(seen).not.toContain(null);
      });

    it('cannot be forged, nor taken to another account', async () => {
      const [{ person, form }, other] = [await member(), await member()];
      const [keyId, userId, reference = '', mac = ''] = person.device().split('.');
      const [row] = await devices(form);
      const forged = [
        `${keyId}.${userId}.${reference}.${mac.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A'))}`,
        `${keyId}.${await idOf(other.form)}.${reference}.${mac}`,
        `00000000.${userId}.${reference}.${mac}`,
        signDevice(new KeyRing(['a key that the service never had, and long']), {
          userId: Number(userId),
          reference,
        }),
        '~~~~~~',
        'junk',
        reference,
      ];
      for (const token of forged) expect(await deviceOf(copyOf(token), form)).toBeNull();
      expect(await deviceOf(copyOf(person.device()), other.form)).toBeNull();
      expect(await deviceOf(copyOf(person.device()), form)).toBe(row?.id);
    });

    it('is no longer known after another password, but for the one that changed it', async () => {
      const { person, form } = await member();
      const copy = person.device();
      const next = 'quite another long phrase';
      expect(await person.changePassword(PASSWORD, next)).not.toHaveProperty('error');
      expect(await deviceOf(copyOf(copy), form, next)).toBeNull();
      await person.logOut();
      expect(await deviceOf(person, form, next)).not.toBeNull();
    });

    it('is known by an older key, gets a token of the new one, and is forgotten after 400 days', async () => {
      const { person, form } = await member();
      const [row] = await devices(form);
      if (!row) throw new Error('No device.');
      const old = copyOf(signDevice(new KeyRing(SECRET_KEY.slice(1)), row));
      expect(await deviceOf(old, form)).toBe(row.id);
      expect(old.device()).toBe(person.device());
      app().clock.advance(days(401));
      expect(await deviceOf(copyOf(person.device()), form)).toBeNull();
    });

    it('is one of ten at most, though 50 are noted at once, and many log-ins on one leave one', async () => {
      const { person, form } = await member();
      await Promise.all(
        Array.from({ length: 8 }, () => person.twin().logIn(form.username, PASSWORD)),
      );
      expect(await devices(form)).toHaveLength(1);
      const [unit, users, known] = [UnitOfWork, UsersService, KnownDevicesService].map((service) =>
        app().app.get<unknown>(service, { strict: false }),
      ) as [UnitOfWork, UsersService, KnownDevicesService];
      const user = await app().db.getRepository(User).findOneByOrFail({ username: form.username });
      const note = (standing: 'confirmed' | 'seen') =>
        unit.run(async (manager) => {
          await users.holdPassword(manager, user);
          return known.note(manager, user.id, null, standing);
        });
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => note(index % 2 ? 'confirmed' : 'seen')),
      );
      const left = await devices(form);
      expect(left.filter(({ confirmedAt }) => confirmedAt)).toHaveLength(10);
      expect(left.filter(({ confirmedAt }) => !confirmedAt)).toHaveLength(10);
    });
  },
  { environment },
);
