import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { numbersMeant } from '../common/phone/read-number.js';
import type { Period, Slice } from '../common/slice.js';
import { Settings } from '../config/settings.js';
import { Directory, type Order } from '../database/directory.js';
import { whereBeginsWith, whereWithin } from '../database/listing.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { fullNameKey } from './full-name.js';
import { HIDDEN_COLUMNS, type HiddenColumn } from './user-columns.js';
import { User } from './user.entity.js';
import { usernameKey } from './username.js';

type Flag =
  'phoneNumberVerified' | 'twoFactorAuth' | 'changePw' | 'isActive' | 'isStaff' | 'isSuperuser';

export interface UserQuery extends Partial<Pick<User, Flag | 'countryCode'>> {
  /** The beginning of a username, as typed. */
  username?: string;
  /** The beginning of a full name, as typed. */
  fullName?: string;
  /** A whole number as people write it; what cannot be read finds nobody. */
  phoneNumber?: string;
  dateJoined?: Period;
}

/** What an index orders; a million users are never sorted for a page. */
const ORDERS = new Map([
  ['id', 'listed.id'],
  ['username', 'listed.usernameKey'],
  ['full_name', 'listed.fullNameKey'],
]);

/** Users for staff to look through: found by key ranges. */
@Injectable()
export class UserDirectory extends Directory<User, HiddenColumn, UserQuery> {
  constructor(
    unit: UnitOfWork,
    private readonly settings: Settings,
  ) {
    super(unit, User, HIDDEN_COLUMNS);
  }

  /**
   * By username unless sorted otherwise; by date where a period is wanted, so that one index finds
   * and orders.
   */
  protected override order({ dateJoined }: UserQuery, { sortBy = '', descending }: Slice): Order {
    const sorted = ORDERS.get(sortBy) ?? 'listed.usernameKey';
    return [dateJoined ? 'listed.dateJoined' : sorted, descending ? 'DESC' : 'ASC'];
  }

  protected override where(
    query: SelectQueryBuilder<User>,
    { username, fullName, phoneNumber, dateJoined, ...exact }: UserQuery,
  ): void {
    super.where(query, exact);
    if (username !== undefined) whereBeginsWith(query, 'listed.usernameKey', usernameKey(username));
    if (fullName !== undefined)
      whereBeginsWith(query, 'listed.fullNameKey', fullNameKey(fullName.trim()));
    if (phoneNumber !== undefined) {
      const numbers = numbersMeant(phoneNumber, this.settings.defaultCountry);
      query.andWhere('listed.phoneNumber IN (:...numbers)', {
        numbers: numbers.length > 0 ? numbers : [''],
      });
    }
    whereWithin(query, 'listed.dateJoined', dateJoined);
  }
}
