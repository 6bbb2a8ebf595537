import type { FactoryProvider } from '@nestjs/common';
import { CHANNELS } from '../../common/channel.js';
import { DeliveryReport, type DeliveryRow } from '../../messaging/receipts/delivery-report.js';
import type { PanelList } from './panel-list.js';

/** How well codes arrived in the last 30 days. Its rows are sums: there is nothing to open. */
export const deliveryList: FactoryProvider<PanelList<DeliveryRow>> = {
  provide: 'panel:delivery',
  inject: [DeliveryReport],
  useFactory: (rows: DeliveryReport) => ({
    id: 'delivery',
    title: 'Delivery',
    about: 'How well codes arrive, by day, provider and country.',
    icon: 'Activity',
    view: 'messages.view',
    fields: {
      day: { in: ['list'], isTitle: true },
      provider: { in: ['list', 'filter'] },
      channel: { values: CHANNELS, in: ['list', 'filter'] },
      country: { in: ['list', 'filter'], isUpperCase: true },
      sent: { type: 'number', in: ['list'] },
      delivered: { type: 'number', in: ['list'] },
      failed: { type: 'number', in: ['list'] },
      confirmed: { type: 'number', in: ['list'] },
      conversion: { type: 'float', in: ['list'] },
      id: { in: [], isId: true },
    },
    rows,
  }),
};
