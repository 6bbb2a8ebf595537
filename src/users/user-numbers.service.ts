import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AppError } from '../common/errors/app-error.js';
import type { PhoneNumber } from '../common/phone/phone-number.js';
import { parsePhoneNumber, type ChosenCountry } from '../common/phone/parse-phone-number.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { UNPROVEN, User } from './user.entity.js';
import { takenError, UsersRepository } from './users.repository.js';

/** Whose number is whose: reads them as typed, and marks, gives and releases them. */
@Injectable()
export class UserNumbersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly unit: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  /**
   * A number as typed, with the country chosen beside it. Throws `validation_failed` at
   * `phone_number` or `country_code`.
   */
  parseNumber(typed: string, country: ChosenCountry): PhoneNumber {
    return parsePhoneNumber(typed, country, this.settings);
  }

  /** Who has proven this number (E.164). */
  findHolder(phoneNumber: string): Promise<User | null> {
    return this.unit.read((manager) =>
      manager.withRepository(this.users).findOneBy({ verifiedPhoneNumber: phoneNumber }),
    );
  }

  /**
   * Marks proven what the challenge proved: this number, of this active user, in one guarded
   * statement (docs/rules.md 2).
   */
  async markPhoneVerified(manager: EntityManager, id: number, phoneNumber: string): Promise<void> {
    const proven = {
      phoneNumberVerified: true,
      verifiedPhoneNumber: phoneNumber,
      registrationExpiresAt: null,
    };
    try {
      const { affected } = await manager.update(User, { id, phoneNumber, isActive: true }, proven);
      if (affected !== 1) throw new AppError('no_pending_confirmation');
    } catch (error) {
      throw takenError(error) ?? error;
    }
  }

  /**
   * Gives a member whose number is not proven another one, in one guarded statement; false where
   * the account has another number by now, is proven, inactive, or an unfinished registration.
   */
  async giveNumber(
    manager: EntityManager,
    before: Pick<User, 'id' | 'phoneNumber'>,
    next: PhoneNumber,
  ): Promise<boolean> {
    const { id, phoneNumber } = before;
    const guard = {
      id,
      phoneNumber,
      phoneNumberVerified: false,
      isActive: true,
      registrationExpiresAt: IsNull(),
    };
    const number = { phoneNumber: next.e164, countryCode: next.countryCode };
    return (await manager.update(User, guard, number)).affected === 1;
  }

  /**
   * Takes the proof of its number from an account, in one guarded statement; false where it has not
   * proven this one (E.164).
   */
  async releaseNumber(manager: EntityManager, id: number, phoneNumber: string): Promise<boolean> {
    const proven = { id, verifiedPhoneNumber: phoneNumber };
    return (await manager.update(User, proven, UNPROVEN)).affected === 1;
  }
}
