import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { maskPhoneNumber } from '../common/phone/phone-number.js';
import type { Slice } from '../common/slice.js';
import { cappedCount, slice, whereEqual } from '../database/listing.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Challenge } from './challenge.entity.js';

type Hidden = 'nonce' | 'providerReference' | 'doubtfulRefunds' | 'phoneNumber';

/** A challenge as staff see it: nothing its code could be made from, and the number masked. */
export type ListedChallenge = Omit<Challenge, Hidden> & { phoneHint: string };

export interface ChallengeQuery {
  userId?: number;
  sessionId?: number;
  purpose?: string;
}

const LISTED: readonly (keyof Challenge)[] = [
  'id',
  'userId',
  'sessionId',
  'purpose',
  'channel',
  'phoneNumber',
  'provider',
  'attemptsLeft',
  'sentCount',
  'sentAt',
  'resendAt',
  'notice',
  'createdAt',
  'expiresAt',
  'consumedAt',
  'canceledAt',
];

/** Challenges, newest first, those of the last day included. */
@Injectable()
export class ChallengeDirectory {
  constructor(private readonly unit: UnitOfWork) {}

  page(wanted: ChallengeQuery, part: Slice): Promise<ListedChallenge[]> {
    return this.read((manager) =>
      slice(query(manager, wanted).orderBy('challenge.id', 'DESC'), part),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: ChallengeQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<ListedChallenge[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.read((manager) =>
      query(manager, {}).andWhere('challenge.id IN (:...ids)', { ids }),
    );
  }

  private async read(
    rows: (manager: EntityManager) => SelectQueryBuilder<Challenge>,
  ): Promise<ListedChallenge[]> {
    const found = await this.unit.read((manager) => rows(manager).getMany());
    return found.map(({ phoneNumber, ...challenge }) => ({
      ...challenge,
      phoneHint: maskPhoneNumber(phoneNumber),
    }));
  }
}

function query(manager: EntityManager, wanted: ChallengeQuery): SelectQueryBuilder<Challenge> {
  const found = manager
    .createQueryBuilder(Challenge, 'challenge')
    .select(LISTED.map((name) => `challenge.${name}`));
  whereEqual(found, 'challenge', { ...wanted });
  return found;
}
