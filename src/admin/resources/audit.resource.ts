import type { ParamsType } from 'adminjs';
import type { AuditEvent } from '../../audit/audit-event.entity.js';
import type { AuditQuery, AuditReader } from '../../audit/audit-reader.js';
import type { Slice } from '../../common/slice.js';
import { given, type FilterValues } from './filter-values.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const FIELDS: readonly PanelField[] = [
  { name: 'at', type: 'datetime', in: ['list', 'show', 'filter'] },
  { name: 'name', in: ['list', 'show', 'filter'], isTitle: true },
  { name: 'user_id', reference: 'users', in: ['list', 'show', 'filter'] },
  { name: 'actor_id', reference: 'users', in: ['list', 'show', 'filter'] },
  { name: 'details', in: ['list', 'show'] },
  { name: 'address', in: ['list', 'show'] },
  { name: 'agent', in: ['show'] },
  { name: 'id', type: 'number', in: ['show'], isId: true },
];

/** What happened, and who did it. */
export class AuditResource extends PanelResource<AuditEvent> {
  constructor(private readonly reader: AuditReader) {
    super('audit', 'audit.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<AuditEvent[]> {
    return this.reader.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.reader.count(query(values));
  }

  protected override rows(ids: number[]): Promise<AuditEvent[]> {
    return this.reader.findMany(ids);
  }

  protected override paramsOf({
    id,
    at,
    name,
    userId,
    actorId,
    details,
    address,
    agent,
  }: AuditEvent): ParamsType {
    const words = Object.entries(details).map(([word, value]) => `${word}: ${value}`);
    return {
      id,
      at,
      name,
      user_id: userId,
      actor_id: actorId,
      details: words.join(', '),
      address,
      agent,
    };
  }
}

const query = (values: FilterValues): AuditQuery =>
  given({
    userId: values.number('user_id'),
    actorId: values.number('actor_id'),
    name: values.text('name'),
    at: values.period('at'),
  });
