import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Slice } from '../common/slice.js';
import { cappedCount, slice, whereEqual } from '../database/listing.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SentMessage } from './sent-message.entity.js';

/** A message as staff see it: without what finds its receipts and its challenge. */
export type ListedMessage = Omit<SentMessage, 'reference' | 'challengeId'>;

/** Each one exact; `kind`, `status` and `channel` may be any text, and then find nothing. */
export interface MessageQuery {
  userId?: number;
  kind?: string;
  provider?: string;
  channel?: string;
  country?: string;
  status?: string;
}

const LISTED: readonly (keyof ListedMessage)[] = [
  'id',
  'userId',
  'kind',
  'provider',
  'channel',
  'country',
  'status',
  'reason',
  'gatewayId',
  'segments',
  'createdAt',
  'updatedAt',
  'confirmedAt',
];

/** Messages of the last 30 days, newest first, and what became of each. */
@Injectable()
export class MessageDirectory {
  constructor(private readonly unit: UnitOfWork) {}

  page(wanted: MessageQuery, part: Slice): Promise<ListedMessage[]> {
    return this.unit.read((manager) =>
      slice(query(manager, wanted).orderBy('message.id', 'DESC'), part).getMany(),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: MessageQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<ListedMessage[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unit.read((manager) =>
      query(manager, {}).andWhere('message.id IN (:...ids)', { ids }).getMany(),
    );
  }
}

function query(manager: EntityManager, wanted: MessageQuery): SelectQueryBuilder<SentMessage> {
  const found = manager
    .createQueryBuilder(SentMessage, 'message')
    .select(LISTED.map((name) => `message.${name}`));
  whereEqual(found, 'message', { ...wanted });
  return found;
}
