import type { ActionContext, ParamsType, ResourceOptions } from 'adminjs';
import type { Slice } from '../../common/slice.js';
import type {
  DecisionQuery,
  LimitDecisions,
  ListedDecision,
} from '../../messaging/limits/limit-decisions.js';
import { lowConversion } from '../../messaging/limits/send-rules.js';
import type { PanelServices } from '../panel-services.js';
import { isSuperuser } from '../visit.js';
import { given, type FilterValues } from './filter-values.js';
import { confirmed, readOnly } from './panel-actions.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const FIELDS: readonly PanelField[] = [
  { name: 'last_at', type: 'datetime', in: ['list', 'show'] },
  { name: 'limit', in: ['list', 'show', 'filter'] },
  {
    name: 'subject',
    in: ['list', 'show', 'filter'],
    about: 'A country, a block, a network, an account or a number.',
  },
  { name: 'purpose', in: ['list', 'show', 'filter'] },
  { name: 'count', type: 'number', in: ['list', 'show'], about: 'How often within the hour.' },
  {
    name: 'held',
    type: 'boolean',
    in: ['list', 'show', 'filter'],
    about: 'No: only recorded, this limit kept nothing back.',
  },
  { name: 'until', type: 'datetime', in: ['list', 'show'] },
  { name: 'first_at', type: 'datetime', in: ['show'] },
  { name: 'id', type: 'number', in: ['show'], isId: true, isTitle: true },
];

/** Decisions of the limits on messages in the last 30 days. */
export class LimitsResource extends PanelResource<ListedDecision> {
  constructor(private readonly decisions: LimitDecisions) {
    super('limits', 'limits.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<ListedDecision[]> {
    return this.decisions.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.decisions.count(query(values));
  }

  protected override rows(ids: number[]): Promise<ListedDecision[]> {
    return this.decisions.findMany(ids);
  }

  protected override paramsOf(row: ListedDecision): ParamsType {
    const { id, limit, subject, purpose, count, held, until, firstAt, lastAt } = row;
    return { id, limit, subject, purpose, count, held, until, first_at: firstAt, last_at: lastAt };
  }
}

export function limitActions({
  staffLimits,
}: PanelServices): NonNullable<ResourceOptions['actions']> {
  return {
    ...readOnly('limits.view'),
    lift: confirmed(
      (context: ActionContext) =>
        isSuperuser(context) &&
        (!context.record || context.record.get('limit') === lowConversion.name),
      {
        question:
          'Let this country or block of numbers register again at once? Counting begins anew.',
        button: 'End the rest',
        icon: 'Play',
        notice: 'Registrations go on.',
      },
      ({ actor, client }, id) => staffLimits.lift(actor, id, client),
    ),
  };
}

const query = (values: FilterValues): DecisionQuery =>
  given({
    limit: values.text('limit'),
    purpose: values.text('purpose'),
    subject: values.text('subject'),
    held: values.flag('held'),
  });
