import type { ParamsType } from 'adminjs';
import { CHANNELS } from '../../common/channel.js';
import type { Slice } from '../../common/slice.js';
import type {
  ListedMessage,
  MessageDirectory,
  MessageQuery,
} from '../../messaging/message-directory.js';
import { given, type FilterValues } from './filter-values.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const STATUSES: readonly ListedMessage['status'][] = [
  'queued',
  'sent',
  'delivered',
  'failed',
  'expired',
  'unknown',
];

const FIELDS: readonly PanelField[] = [
  { name: 'created_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'user_id', reference: 'users', in: ['list', 'show', 'filter'] },
  { name: 'kind', values: ['otp', 'notice'], in: ['list', 'show', 'filter'] },
  { name: 'provider', in: ['list', 'show', 'filter'] },
  { name: 'channel', values: CHANNELS, in: ['list', 'show', 'filter'] },
  { name: 'country', in: ['list', 'show', 'filter'] },
  { name: 'status', values: STATUSES, in: ['list', 'show', 'filter'] },
  { name: 'reason', in: ['list', 'show'] },
  { name: 'confirmed_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'updated_at', type: 'datetime', in: ['show'] },
  { name: 'segments', type: 'number', in: ['show'] },
  { name: 'gateway_id', in: ['show'], about: 'For questions to the provider.' },
  { name: 'id', type: 'number', in: ['show'], isId: true, isTitle: true },
];

/**
 * Messages that went out or were to: who carried them and what became of them, never what they said
 * or where they went.
 */
export class MessagesResource extends PanelResource<ListedMessage> {
  constructor(private readonly directory: MessageDirectory) {
    super('messages', 'messages.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<ListedMessage[]> {
    return this.directory.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.directory.count(query(values));
  }

  protected override rows(ids: number[]): Promise<ListedMessage[]> {
    return this.directory.findMany(ids);
  }

  protected override paramsOf(row: ListedMessage): ParamsType {
    return {
      id: row.id,
      user_id: row.userId,
      kind: row.kind,
      provider: row.provider,
      channel: row.channel,
      country: row.country,
      status: row.status,
      reason: row.reason,
      gateway_id: row.gatewayId,
      segments: row.segments,
      created_at: row.createdAt,
      updated_at: row.updatedAt,
      confirmed_at: row.confirmedAt,
    };
  }
}

const query = (values: FilterValues): MessageQuery =>
  given({
    userId: values.number('user_id'),
    kind: values.text('kind'),
    provider: values.text('provider'),
    channel: values.text('channel'),
    country: values.text('country')?.toUpperCase(),
    status: values.text('status'),
  });
