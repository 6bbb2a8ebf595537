import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import { throughBothFaces } from '../support/ways.js';

const SRC = path.resolve('src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.includes('.spec.'),
);
const code = (file: string) => readFileSync(path.join(SRC, file), 'utf8');
const those = (room: RegExp, holds: RegExp) => files.filter((file) => room.test(file) && holds.test(code(file)));

describe('rule 10: one door for every write', () => {
  it('no face holds a statement or an entity manager', () => {
    expect(those(/^(pages|api|admin)\//, /from 'typeorm'|EntityManager|UnitOfWork|\.query\(/)).toEqual([]);
  });

  it('users are written in their own room; staff and the seeding of test data go by one file each', () => {
    const writes = /\b(insert|update|delete|upsert|save|into)\(User\b|(UPDATE|INSERT INTO|DELETE FROM) users\b/;
    expect(those(/^(?!users\/|database\/migrations\/)/, writes).sort()).toEqual([
      'auth/guarded-rights.ts',
      'auth/staff-accounts.service.ts',
      'cli/perf-seed.ts',
    ]);
  });

  it('sessions, challenges and budgets are written where they live', () => {
    expect(those(/^(?!auth\/sessions\.repository)/, /\b(insert|update|delete|upsert|save)\(Session\b/)).toEqual([]);
    expect(those(/^(?!phone-verification\/challenges\.repository)/, /\b(insert|update|delete|upsert|save)\(Challenge\b/)).toEqual(
      [],
    );
    expect(those(/^(?!rate-limit\/budgets)/, /\b(insert|update|delete|upsert|save|into)\(Budget\b/)).toEqual([]);
  });

  it('passwords are hashed in one place', () => {
    expect(those(/^/, /from 'bcrypt'/)).toEqual(['users/password-hasher.ts']);
  });
});

throughBothFaces('rule 10: both faces leave the same row', ({ app, newcomer }) => {
  it('after the same registration and the same second factor', async () => {
    const { person, form } = await newcomer({ fullName: '  Zoë  Åström ' });
    await person.confirm(app().codeFor(form.phoneNumber));
    await person.setTwoFactor(true);
    await person.logOut();
    await person.logIn(form.username.toUpperCase(), PASSWORD);
    const row = await app().db.getRepository(User).findOneByOrFail({ username: form.username });
    expect(row).toMatchObject({
      fullName: 'Zoë  Åström', phoneNumber: form.phoneNumber, verifiedPhoneNumber: form.phoneNumber, countryCode: 1,
      phoneNumberVerified: true,
      twoFactorAuth: true, changePw: false, isActive: true, isStaff: false, isSuperuser: false, permissions: [],
      registrationExpiresAt: null,
    });
    expect(row.password).toMatch(/^bcrypt-hmac-sha384\$/);
  });
});
