import { Injectable } from '@nestjs/common';
import { Directory } from '../database/directory.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Challenge } from './challenge.entity.js';

/** What its code could be made from, and what limits and gateways remember of it. */
type Hidden =
  'nonce' | 'providerReference' | 'messageReference' | 'doubtfulRefunds' | 'limitedBy' | 'places';

export type ListedChallenge = Omit<Challenge, Hidden>;

export interface ChallengeQuery {
  userId?: number;
  sessionId?: number;
  purpose?: string;
}

/** Challenges, those of the last day included. */
@Injectable()
export class ChallengeDirectory extends Directory<Challenge, Hidden, ChallengeQuery> {
  constructor(unit: UnitOfWork) {
    super(unit, Challenge, [
      'nonce',
      'providerReference',
      'messageReference',
      'doubtfulRefunds',
      'limitedBy',
      'places',
    ]);
  }
}
