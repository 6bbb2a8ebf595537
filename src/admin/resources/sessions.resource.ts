import type { ParamsType, ResourceOptions } from 'adminjs';
import type {
  ListedSession,
  SessionDirectory,
  SessionQuery,
} from '../../auth/sessions/session-directory.js';
import type { Slice } from '../../common/slice.js';
import type { PanelServices } from '../panel-services.js';
import { given, type FilterValues } from './filter-values.js';
import { confirmed, needs, readOnly } from './panel-actions.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const FIELDS: readonly PanelField[] = [
  { name: 'user_id', reference: 'users', in: ['list', 'show', 'filter'] },
  { name: 'methods', in: ['list', 'show'] },
  { name: 'address', in: ['list', 'show'] },
  { name: 'agent', in: ['list', 'show'] },
  { name: 'created_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'last_seen_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'expires_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'id', type: 'number', in: ['show'], isId: true, isTitle: true },
];

/** Logged-in browsers and API clients. */
export class SessionsResource extends PanelResource<ListedSession> {
  constructor(private readonly directory: SessionDirectory) {
    super('sessions', 'sessions.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<ListedSession[]> {
    return this.directory.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.directory.count(query(values));
  }

  protected override rows(ids: number[]): Promise<ListedSession[]> {
    return this.directory.findMany(ids);
  }

  protected override paramsOf(session: ListedSession): ParamsType {
    return {
      id: session.id,
      user_id: session.userId,
      methods: session.methods.join(', '),
      address: session.address,
      agent: session.agent,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      expires_at: session.expiresAt,
    };
  }
}

export function sessionActions({
  support,
}: PanelServices): NonNullable<ResourceOptions['actions']> {
  return {
    ...readOnly('sessions.view'),
    endSession: confirmed(
      needs('sessions.end'),
      {
        question: 'End this session? Whoever uses it has to log in again.',
        button: 'End it',
        icon: 'LogOut',
        notice: 'Ended.',
      },
      ({ actor, client }, id) => support.endSession(actor, id, client),
    ),
  };
}

const query = (values: FilterValues): SessionQuery => given({ userId: values.number('user_id') });
