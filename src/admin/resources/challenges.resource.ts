import type { ParamsType } from 'adminjs';
import { PURPOSES } from '../../common/purpose.js';
import type { Slice } from '../../common/slice.js';
import type {
  ChallengeDirectory,
  ChallengeQuery,
  ListedChallenge,
} from '../../phone-verification/challenge-directory.js';
import { given, type FilterValues } from './filter-values.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const FIELDS: readonly PanelField[] = [
  { name: 'user_id', reference: 'users', in: ['list', 'show', 'filter'] },
  { name: 'purpose', values: PURPOSES, in: ['list', 'show', 'filter'] },
  { name: 'channel', in: ['show'] },
  { name: 'phone_number', in: ['list', 'show'] },
  { name: 'provider', in: ['show'] },
  { name: 'attempts_left', type: 'number', in: ['list', 'show'] },
  { name: 'sent_count', type: 'number', in: ['list', 'show'] },
  { name: 'sent_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'resend_at', type: 'datetime', in: ['show'] },
  { name: 'notice', in: ['show'] },
  { name: 'created_at', type: 'datetime', in: ['show'] },
  { name: 'expires_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'consumed_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'canceled_at', type: 'datetime', in: ['show'] },
  { name: 'session_id', type: 'number', in: ['show'] },
  { name: 'id', type: 'number', in: ['show'], isId: true, isTitle: true },
];

/** Proofs that are or were pending: what happened to a code that did not arrive, never the code. */
export class ChallengesResource extends PanelResource<ListedChallenge> {
  constructor(private readonly directory: ChallengeDirectory) {
    super('challenges', 'challenges.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<ListedChallenge[]> {
    return this.directory.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.directory.count(query(values));
  }

  protected override rows(ids: number[]): Promise<ListedChallenge[]> {
    return this.directory.findMany(ids);
  }

  protected override paramsOf(row: ListedChallenge): ParamsType {
    return {
      id: row.id,
      user_id: row.userId,
      session_id: row.sessionId,
      purpose: row.purpose,
      channel: row.channel,
      phone_number: row.phoneHint,
      provider: row.provider,
      attempts_left: row.attemptsLeft,
      sent_count: row.sentCount,
      sent_at: row.sentAt,
      resend_at: row.resendAt,
      notice: row.notice,
      created_at: row.createdAt,
      expires_at: row.expiresAt,
      consumed_at: row.consumedAt,
      canceled_at: row.canceledAt,
    };
  }
}

const query = (values: FilterValues): ChallengeQuery =>
  given({ userId: values.number('user_id'), purpose: values.text('purpose') });
