import { Injectable } from '@nestjs/common';
import { Directory } from '../database/directory.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SentMessage } from './sent-message.entity.js';

/** What finds its receipts and its challenge. */
type Hidden = 'reference' | 'challengeId';

export type ListedMessage = Omit<SentMessage, Hidden>;

/** Each one exact; `kind`, `status` and `channel` may be any text, and then find nothing. */
export interface MessageQuery {
  userId?: number;
  kind?: string;
  provider?: string;
  channel?: string;
  country?: string;
  status?: string;
}

/** Messages of the last 30 days, and what became of each. */
@Injectable()
export class MessageDirectory extends Directory<SentMessage, Hidden, MessageQuery> {
  constructor(unit: UnitOfWork) {
    super(unit, SentMessage, ['reference', 'challengeId']);
  }
}
