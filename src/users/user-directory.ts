import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { numbersMeant } from '../common/phone/read-number.js';
import type { Period, Slice } from '../common/slice.js';
import { Settings } from '../config/settings.js';
import {
  cappedCount,
  slice,
  whereBeginsWith,
  whereEqual,
  whereWithin,
} from '../database/listing.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { fullNameKey } from './full-name.js';
import { SHOWN_COLUMNS, type ShownUser } from './user-columns.js';
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
const ORDERS: Readonly<Record<string, string>> = {
  id: 'user.id',
  username: 'user.usernameKey',
  full_name: 'user.fullNameKey',
};

/**
 * Users for staff to look through: pages by key ranges and capped counts, fast with a million rows.
 */
@Injectable()
export class UserDirectory {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  /**
   * One page, by username unless sorted otherwise; by date where a period is wanted, so that one
   * index finds and orders.
   */
  page(wanted: UserQuery, part: Slice): Promise<ShownUser[]> {
    const sorted =
      (Object.hasOwn(ORDERS, part.sortBy ?? '') && ORDERS[part.sortBy ?? '']) || 'user.usernameKey';
    const order = wanted.dateJoined ? 'user.dateJoined' : sorted;
    return this.unit.read((manager) =>
      slice(
        this.query(manager, wanted).orderBy(order, part.descending ? 'DESC' : 'ASC'),
        part,
      ).getMany(),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: UserQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(this.query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<ShownUser[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unit.read((manager) =>
      listed(manager).where('user.id IN (:...ids)', { ids }).getMany(),
    );
  }

  private query(
    manager: EntityManager,
    { username, fullName, phoneNumber, dateJoined, ...exact }: UserQuery,
  ): SelectQueryBuilder<User> {
    const query = listed(manager);
    whereEqual(query, 'user', exact);
    if (username !== undefined) whereBeginsWith(query, 'user.usernameKey', usernameKey(username));
    if (fullName !== undefined)
      whereBeginsWith(query, 'user.fullNameKey', fullNameKey(fullName.trim()));
    if (phoneNumber !== undefined)
      query.andWhere('user.phoneNumber IN (:...numbers)', { numbers: this.numbersOf(phoneNumber) });
    whereWithin(query, 'user.dateJoined', dateJoined);
    return query;
  }

  private numbersOf(typed: string): string[] {
    const numbers = numbersMeant(typed, this.settings.defaultCountry);
    return numbers.length > 0 ? numbers : [''];
  }
}

const listed = (manager: EntityManager): SelectQueryBuilder<User> =>
  manager
    .createQueryBuilder(User, 'user')
    .select(SHOWN_COLUMNS.map(({ property }) => `user.${property}`));
