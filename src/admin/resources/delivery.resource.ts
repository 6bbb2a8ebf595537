import type { ParamsType } from 'adminjs';
import { CHANNELS } from '../../common/channel.js';
import type { Slice } from '../../common/slice.js';
import type {
  DeliveryQuery,
  DeliveryReport,
  DeliveryRow,
} from '../../messaging/receipts/delivery-report.js';
import { given, type FilterValues } from './filter-values.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const FIELDS: readonly PanelField[] = [
  { name: 'day', in: ['list'], isTitle: true },
  { name: 'provider', in: ['list', 'filter'] },
  { name: 'channel', values: CHANNELS, in: ['list', 'filter'] },
  { name: 'country', in: ['list', 'filter'] },
  { name: 'sent', type: 'number', in: ['list'] },
  { name: 'delivered', type: 'number', in: ['list'] },
  { name: 'failed', type: 'number', in: ['list'] },
  { name: 'confirmed', type: 'number', in: ['list'] },
  { name: 'conversion', type: 'float', in: ['list'] },
  { name: 'id', in: [], isId: true },
];

/**
 * How well codes arrived in the last 30 days. Its rows are sums, so there is a list and nothing to
 * open.
 */
export class DeliveryResource extends PanelResource<DeliveryRow> {
  constructor(private readonly report: DeliveryReport) {
    super('delivery', 'messages.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<DeliveryRow[]> {
    return this.report.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.report.count(query(values));
  }

  protected override rows(): Promise<DeliveryRow[]> {
    return Promise.resolve([]);
  }

  protected override paramsOf(row: DeliveryRow): ParamsType {
    return { ...row };
  }
}

const query = (values: FilterValues): DeliveryQuery =>
  given({
    provider: values.text('provider'),
    channel: values.text('channel'),
    country: values.text('country')?.toUpperCase(),
  });
