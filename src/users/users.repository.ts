import { Repository } from 'typeorm';
import { insertRow } from '../database/insert-row.js';
import { isDuplicate } from '../database/database-errors.js';
import { AppError } from '../common/errors/app-error.js';
import type { PhoneNumber } from '../common/phone/phone-number.js';
import { USER_DEFAULTS } from './user-columns.js';
import type { User } from './user.entity.js';
import { fullNameKey } from './full-name.js';
import { parseUsername } from './username.js';

/** The fields an account is made of; everything not given takes its default. */
export interface NewUser {
  username: string;
  phoneNumber: PhoneNumber | null;
  /** Already hashed (or the unusable marker): the manager stores, it does not hash. */
  password: string;
  fullName?: string;
  dateJoined: Date;
  changePw?: boolean;
  isActive?: boolean;
  isStaff?: boolean;
  isSuperuser?: boolean;
  phoneNumberVerified?: boolean;
  registrationExpiresAt?: Date | null;
}

/**
 * The user manager. Without a constructor of its own, so that `manager.withRepository` works:
 * inside a unit of work, call `unit.withRepository(users)`.
 */
export class UsersRepository extends Repository<User> {
  /**
   * An ordinary account: superuser false unless told otherwise. Throws `validation_failed`,
   * `username_taken`, `phone_number_taken`.
   */
  createUser(user: NewUser): Promise<User> {
    return this.createAccount(user);
  }

  /** Staff and superuser; refuses `isStaff: false` and `isSuperuser: false`. */
  createSuperuser(user: NewUser): Promise<User> {
    const superuser = { isStaff: true, isSuperuser: true, changePw: false, ...user };
    if (!superuser.isStaff)
      throw AppError.invalid({
        field: 'is_staff',
        code: 'invalid',
        detail: 'Superuser must have is_staff=True.',
      });
    if (!superuser.isSuperuser)
      throw AppError.invalid({
        field: 'is_superuser',
        code: 'invalid',
        detail: 'Superuser must have is_superuser=True.',
      });
    return this.createAccount(superuser);
  }

  private async createAccount({ phoneNumber, ...given }: NewUser): Promise<User> {
    if (phoneNumber === null)
      throw AppError.invalid({
        field: 'phone_number',
        code: 'required',
        detail: 'The given phone number must be set',
      });
    const user = {
      ...USER_DEFAULTS,
      ...given,
      ...parseUsername(given.username),
      fullNameKey: fullNameKey(given.fullName ?? ''),
      phoneNumber: phoneNumber.e164,
      countryCode: phoneNumber.countryCode,
      verifiedPhoneNumber: given.phoneNumberVerified ? phoneNumber.e164 : null,
    };
    try {
      return await insertRow(this, user);
    } catch (error) {
      throw takenError(error) ?? error;
    }
  }

  /**
   * The same by one statement that reads somebody's row where there is none: the time for it would
   * tell (docs/rules.md 6).
   */
  async findInEqualTime(usernameKey: string): Promise<User | null> {
    const row = await this.createQueryBuilder('user')
      .where(`user.id = ${OWN_ROW_OR_ANY}`, { usernameKey })
      .getOne();
    return row?.usernameKey === usernameKey ? row : null;
  }
}

const OWN_ROW_OR_ANY =
  'COALESCE((SELECT its.id FROM users its WHERE its.username_key = :usernameKey), (SELECT MIN(anyone.id) FROM users anyone))';

/** The refusal behind a unique index, or undefined for any other error. */
export function takenError(error: unknown): AppError | undefined {
  if (isDuplicate(error, { name: 'users_username_key', column: 'users.username_key' }))
    return new AppError('username_taken', { cause: error });
  if (
    isDuplicate(error, {
      name: 'users_verified_phone_number',
      column: 'users.verified_phone_number',
    })
  ) {
    return new AppError('phone_number_taken', { cause: error });
  }
  return undefined;
}
